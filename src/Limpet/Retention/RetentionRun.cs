using System.Collections.Immutable;
using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Retention;

/// <summary>Looks at objects by and by: first while nothing is done, then under allocation, then after everything was collected.</summary>
internal sealed class RetentionRun : IDisposable
{
    /// <summary>How long the runtime's account of its collections may take to come. It comes within a tenth of a second where the machine is idle.</summary>
    private static readonly TimeSpan EventDeadline = TimeSpan.FromSeconds(5);

    private readonly WeakReference[] objects;
    private readonly RetentionOptions options;
    private readonly CollectionEvents events = new();
    private readonly List<RetentionReading> readings = [];
    private readonly List<long> indexes = [];
    private readonly int[] collectionsBefore = new int[GC.MaxGeneration + 1];
    private readonly long allocatedBefore;
    private readonly long indexBefore;
    private readonly long begun;
    private bool finalizersFinished = true;

    public RetentionRun(IReadOnlyCollection<WeakReference> objects, RetentionOptions options)
    {
        this.objects = [.. objects];
        this.options = options;
        for (int generation = 0; generation < collectionsBefore.Length; generation++)
        {
            collectionsBefore[generation] = GC.CollectionCount(generation);
        }

        allocatedBefore = GC.GetTotalAllocatedBytes(precise: false);
        indexBefore = GC.GetGCMemoryInfo(GCKind.Any).Index;
        begun = options.Time.GetTimestamp();
    }

    private bool AnyAlive => readings[^1].Alive > 0;

    public async Task<RetentionTimeline> WatchAsync(CancellationToken cancellationToken)
    {
        Read(RetentionPhase.Immediate);
        foreach (TimeSpan at in options.Ladder)
        {
            TimeSpan left = at - options.Time.GetElapsedTime(begun);
            if (!AnyAlive)
            {
                break;
            }

            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, options.Time, cancellationToken).ConfigureAwait(false);
            }

            Read(RetentionPhase.Idle);
        }

        for (int i = 0; i < options.NaturalCollections && AnyAlive; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!AllocationPressure.UntilCollection(options.MostPressure.Bytes).Collected)
            {
                break;
            }

            Read(RetentionPhase.Pressure);
        }

        if (AnyAlive)
        {
            finalizersFinished = SettledCollection.Settle(options.FinalizerDeadline);
            Read(RetentionPhase.Forced);
        }

        return Result();
    }

    public void Dispose() => events.Dispose();

    private void Read(RetentionPhase phase)
    {
        int alive = 0;
        foreach (WeakReference one in objects)
        {
            alive += one.IsAlive ? 1 : 0;
        }

        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        indexes.Add(last.Index);
        readings.Add(new RetentionReading(
            options.Time.GetElapsedTime(begun),
            phase,
            alive,
            [.. collectionsBefore.Select((before, generation) => GC.CollectionCount(generation) - before)],
            new ByteSize(GC.GetTotalAllocatedBytes(precise: false) - allocatedBefore),
            last.Index > indexBefore ? new CollectionFact(last.Index, last.Generation, null) : null));
    }

    private RetentionTimeline Result()
    {
        if (indexes[^1] > indexBefore)
        {
            events.WaitFor(indexes[^1], EventDeadline);
        }

        bool cleared = readings.Count > 1 && !AnyAlive;
        return new RetentionTimeline
        {
            Objects = objects.Length,
            Readings = [.. readings.Select(WithReason)],
            Outcome = Outcome(),
            Cleared = cleared ? new RetentionInterval(readings[^2].Elapsed, readings[^1].Elapsed) : null,
            ClearedBy = cleared ? Between(indexes[^2], indexes[^1]) : [],
            FinalizersFinished = finalizersFinished,
        };
    }

    /// <summary>All of them, also where the event of one did not come: the last one is known anyway.</summary>
    private ImmutableArray<CollectionFact> Between(long above, long upTo)
    {
        ImmutableArray<CollectionFact> told = [.. events.Between(above, upTo)];
        return told.Any(fact => fact.Index == upTo) || upTo == above ? told : [.. told, readings[^1].Collection!];
    }

    private RetentionReading WithReason(RetentionReading reading) =>
        reading.Collection is { } known && events.Between(known.Index - 1, known.Index).FirstOrDefault() is { } told ? reading with { Collection = told } : reading;

    private RetentionOutcome Outcome() => readings[0].Alive == 0 ? RetentionOutcome.NothingToClear
        : AnyAlive ? RetentionOutcome.StillAlive
        : readings[^1].Phase switch
        {
            RetentionPhase.Idle => RetentionOutcome.ClearedWhileIdle,
            RetentionPhase.Pressure => RetentionOutcome.ClearedByAllocation,
            _ => RetentionOutcome.ClearedByForce,
        };
}
