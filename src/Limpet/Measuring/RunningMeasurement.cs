using System.Collections.Immutable;

namespace Limpet.Measuring;

/// <summary>
/// Knows which measurements of this process overlap, for none can tell its own bytes, threads and descriptors from another's. A measurement inside
/// of another one, in the same flow of execution, is a part of that one and no stranger.
/// </summary>
internal sealed class RunningMeasurement : IDisposable
{
    /// <summary>How many measurements that have ended are remembered, for readings that span them.</summary>
    private const int MostRemembered = 256;

    private static readonly object Gate = new();
    private static readonly List<RunningMeasurement> Running = [];
    private static readonly Queue<RunningMeasurement> Ended = new();
    private static readonly AsyncLocal<RunningMeasurement?> Innermost = new();
    private static long clock;
    private readonly RunningMeasurement? outer;
    private readonly long began;
    private long ended = long.MaxValue;

    private RunningMeasurement(string name, RunningMeasurement? outer, long began) => (Name, this.outer, this.began) = (name, outer, began);

    public string Name { get; }

    /// <summary>Moments in the order of beginnings and ends of measurements.</summary>
    public static long Now
    {
        get
        {
            lock (Gate)
            {
                return clock;
            }
        }
    }

    /// <summary>The measurement that the calling flow of execution is in.</summary>
    public static RunningMeasurement? Current => Innermost.Value;

    /// <summary>Names of the measurements that ran at some time while this did.</summary>
    public ImmutableArray<string> Strangers => StrangersOf(this, began);

    public static RunningMeasurement Begin(string name)
    {
        RunningMeasurement begun;
        lock (Gate)
        {
            begun = new RunningMeasurement(name, Innermost.Value, ++clock);
            Running.Add(begun);
        }

        Innermost.Value = begun;
        return begun;
    }

    /// <summary>Names of the measurements that ran since a moment and belong neither into <paramref name="own"/> nor around it.</summary>
    public static ImmutableArray<string> StrangersOf(RunningMeasurement? own, long since)
    {
        lock (Gate)
        {
            long until = Math.Min(own?.ended ?? long.MaxValue, clock);
            return
            [
                .. Running.Concat(Ended)
                    .Where(other => other.began <= until && other.ended > since && !other.IsInside(own) && own?.IsInside(other) != true)
                    .Select(other => other.Name).Distinct().Order(StringComparer.Ordinal),
            ];
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (ended != long.MaxValue)
            {
                return;
            }

            ended = ++clock;
            Running.Remove(this);
            Ended.Enqueue(this);
            if (Ended.Count > MostRemembered)
            {
                Ended.Dequeue();
            }
        }

        RunningMeasurement? next = Innermost.Value;
        while (next is { ended: < long.MaxValue })
        {
            next = next.outer;
        }

        Innermost.Value = next;
    }

    private bool IsInside(RunningMeasurement? other)
    {
        for (RunningMeasurement? one = this; one is not null && other is not null; one = one.outer)
        {
            if (one == other)
            {
                return true;
            }
        }

        return false;
    }
}
