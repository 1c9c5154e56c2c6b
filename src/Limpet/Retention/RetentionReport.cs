using System.Globalization;
using System.Text;

namespace Limpet.Retention;

/// <summary>Writes a timeline for people.</summary>
internal static class RetentionReport
{
    public static string Write(RetentionTimeline timeline)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"time",10}  {"before it",-10}  {"alive",7}  {"gen0/1/2",-11}  {"allocated",-10}  last collection\n");
        foreach (RetentionReading reading in timeline.Readings)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{reading.Elapsed.TotalSeconds,8:0.000} s  {Word(reading.Phase),-10}  {reading.Alive,7}  {string.Join('/', reading.Collections),-11}  {reading.Allocated,-10}  {(reading.Collection is { } fact ? Of(fact) : "none")}\n");
        }

        return text.Append(Meaning(timeline)).ToString();
    }

    private static string Meaning(RetentionTimeline timeline) => timeline.Outcome switch
    {
        RetentionOutcome.NothingToClear => "none was alive at the first reading: nothing can be said of when they went",
        RetentionOutcome.StillAlive when !timeline.FinalizersFinished =>
            $"{timeline.Readings[^1].Alive} of {timeline.Objects} are alive after everything was collected, but finalizers did not finish: they may only wait for one that is blocked",
        RetentionOutcome.StillAlive => $"{timeline.Readings[^1].Alive} of {timeline.Objects} are alive after everything was collected: something holds them",
        RetentionOutcome.ClearedByForce => $"cleared {Interval(timeline)}, when everything was collected on purpose{By(timeline)}: nothing held them, and no leak",
        RetentionOutcome.ClearedByAllocation => $"cleared {Interval(timeline)}, when memory was allocated{By(timeline)}: allocation cleared them, not time",
        _ when timeline.ClearedBy.IsEmpty => $"cleared {Interval(timeline)} without a collection: they were no longer there to begin with, or watched too late",
        _ => $"cleared {Interval(timeline)}, while the timeline did nothing{By(timeline)}: another part of the process brought the runtime to collect",
    };

    private static string Interval(RetentionTimeline timeline) => timeline.Cleared is { } interval
        ? string.Create(CultureInfo.InvariantCulture, $"in ({interval.LastSeenAlive.TotalSeconds:0.000} s, {interval.FirstSeenCleared.TotalSeconds:0.000} s]")
        : "";

    private static string By(RetentionTimeline timeline) => timeline.ClearedBy.Length switch
    {
        0 => "",
        1 => $", by collection {Of(timeline.ClearedBy[0])}",
        int many => string.Create(CultureInfo.InvariantCulture, $", by one of {many} collections, the last {Of(timeline.ClearedBy[^1])}"),
    };

    private static string Of(CollectionFact fact) =>
        string.Create(CultureInfo.InvariantCulture, $"#{fact.Index} of generation {fact.Generation} ({(fact.Reason is { } reason ? Word(reason) : "reason not told")})");

    private static string Word(RetentionPhase phase) => phase switch
    {
        RetentionPhase.Immediate => "immediate",
        RetentionPhase.Idle => "idle",
        RetentionPhase.Pressure => "allocation",
        _ => "forced",
    };

    private static string Word(CollectionReason reason) => reason switch
    {
        CollectionReason.AllocationOfSmallObjects or CollectionReason.NoSpaceForSmallObjects => "small objects were allocated",
        CollectionReason.AllocationOfLargeObjects or CollectionReason.NoSpaceForLargeObjects => "large objects were allocated",
        CollectionReason.Induced or CollectionReason.InducedNotForced or CollectionReason.InducedCompacting or CollectionReason.InducedAggressive => "induced",
        CollectionReason.LowMemory or CollectionReason.LowMemoryBlocking or CollectionReason.HostLowMemory or CollectionReason.HostLowMemoryBlocking => "low memory",
        _ => reason.ToString(),
    };
}
