namespace Limpet.TestTargets;

/// <summary>Leaks of every kind, each of which shows in several metrics and is one leak all the same; and two that are two.</summary>
internal static class KindTargets
{
    public static IReadOnlyDictionary<string, Func<bool, Target>> All { get; } = new Dictionary<string, Func<bool, Target>>(StringComparer.Ordinal)
    {
        ["thread-list"] = leaky => new ThreadListTarget(leaky),
        ["pollers"] = leaky => new PollersTarget(leaky),
        ["two-thread-leaks"] = leaky => new TwoThreadLeaksTarget(leaky),
        ["thread-tenth"] = leaky => new ThreadTenthTarget(leaky),
        ["connections"] = leaky => new ConnectionsTarget(leaky),
        ["journals"] = leaky => new JournalsTarget(leaky),
        ["refreshers"] = leaky => new RefreshersTarget(leaky),
        ["delay-loops"] = leaky => new DelayLoopsTarget(leaky),
        ["order-graph"] = leaky => new OrderGraphTarget(leaky),
        ["two-leaks"] = leaky => new TwoLeaksTarget(leaky),
        ["file-and-socket"] = leaky => new FileAndSocketTarget(leaky),
        ["watchers"] = leaky => new WatchersTarget(leaky),
        ["pipes"] = leaky => new PipesTarget(leaky),
        ["dynamic-code"] = leaky => new DynamicCodeTarget(leaky),
        ["small-churn"] = leaky => new SmallChurnTarget(leaky),
        ["ring"] = leaky => new RingTarget(leaky),
        ["expiring"] = leaky => new ExpiringTarget(leaky),
        ["random-cache"] = leaky => new RandomCacheTarget(leaky),
        ["long-text"] = leaky => new LongTextTarget(leaky),
        ["tallies"] = leaky => new TalliesTarget(leaky),
        ["list-and-event"] = leaky => new ListAndEventTarget(leaky),
    };
}
