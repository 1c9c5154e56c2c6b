using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace Limpet.Retention;

/// <summary>
/// Listens to what the runtime writes of its collections in this process. Events come through a thread of the runtime, some time after they
/// were written: who needs one waits for it. Listening costs little, and ends with <see cref="EventListener.Dispose"/>.
/// </summary>
internal sealed class CollectionEvents : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Collections = (EventKeywords)1;
    private readonly ConcurrentDictionary<long, CollectionFact> facts = new();

    /// <summary>The collections that are known by now, with an index above one and up to another, in their order.</summary>
    public IEnumerable<CollectionFact> Between(long above, long upTo) =>
        facts.Values.Where(fact => fact.Index > above && fact.Index <= upTo).OrderBy(fact => fact.Index);

    /// <summary>Waits until the event of a collection has come.</summary>
    /// <returns>Whether it came in time.</returns>
    public bool WaitFor(long index, TimeSpan deadline)
    {
        long start = Stopwatch.GetTimestamp();
        using ManualResetEventSlim never = new();
        while (!facts.ContainsKey(index))
        {
            if (Stopwatch.GetElapsedTime(start) >= deadline)
            {
                return false;
            }

            never.Wait(TimeSpan.FromMilliseconds(5));
        }

        return true;
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Informational, Collections);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Called from the constructor of the base class, too, before the fields here are set.
        if (facts is not null && eventData.EventName is string name && name.StartsWith("GCStart", StringComparison.Ordinal)
            && Field(eventData, "Count") is long index && Field(eventData, "Depth") is long generation)
        {
            facts[index] = new CollectionFact(index, (int)generation, Field(eventData, "Reason") is long reason ? (CollectionReason)reason : null);
        }
    }

    private static long? Field(EventWrittenEventArgs written, string name)
    {
        int at = written.PayloadNames?.IndexOf(name) ?? -1;
        return at >= 0 && written.Payload is { } payload && payload[at] is IConvertible value ? value.ToInt64(null) : null;
    }
}
