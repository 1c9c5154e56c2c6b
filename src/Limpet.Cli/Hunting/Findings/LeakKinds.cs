using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What kind of leak a growth of objects is: that of the resource which the objects stand for, else a collection that grows, else objects.</summary>
internal static class LeakKinds
{
    /// <summary>A resource on fewer of the objects than this is beside the point.</summary>
    private const double SmallestShare = 0.3;

    /// <param name="group">The growth.</param>
    /// <param name="shareOf">Growth of a counter that it explains, by metric.</param>
    public static FindingKind Of(GrowthGroup group, Func<string, double> shareOf)
    {
        double least = SmallestShare * group.Lead.TopGrowth;
        bool Has(string metric) => shareOf(metric) is > 0 and double share && share >= least;
        bool ownsThread = group.Threads > 0 || group.Lead.GrowthOf(type => type == "System.Threading.Thread") > 0;
        bool isHeldOutside = group.Lead.Container.IsUsers && group.Lead.Tops[0].Path.Root.Kind is RootKind.StaticField or RootKind.ThreadStatic;
        bool isDelay = group.GrowthOf(type => type == "System.Threading.Tasks.Task+DelayPromise") >= least && least > 0;
        return Has(Metric.Threads) && !(Has(Metric.Descriptors) && isHeldOutside && !OwnsThreadObject(group, ownsThread)) ? FindingKind.ThreadLeak
            : Has(Metric.Descriptors) ? FindingKind.ResourceLeak
            : Has(Metric.Timers) && !(isDelay && Has(Metric.PendingAsync)) ? FindingKind.TimerLeak
            : Has(Metric.PendingAsync) ? FindingKind.TaskLeak
            : shareOf(Metric.NativeBytes) > 0 && !group.Roots.Any(GrowthGroups.IsNamed) && !group.Lead.Container.IsUsers ? FindingKind.NativeLeak
            : IsElement(group.Lead) ? FindingKind.UnboundedGrowth
            : FindingKind.ManagedLeak;
    }

    /// <summary>Whether the lead itself keeps the thread objects: then the threads are the user's, and not those that a handle's owner runs inside.</summary>
    private static bool OwnsThreadObject(GrowthGroup group, bool ownsThread) =>
        ownsThread && group.Lead.GrowthOf(type => type == "System.Threading.Thread") > 0;

    private static bool IsElement(GrowthRoot root)
    {
        PathSeries top = root.Tops[0];
        bool isElement = top.Path.Label.Kind == "ArrayElement" || FrameworkTypes.IsPartOfCollection(top.Path.Type, top.Path.Traits);
        return isElement && (top.Path.Traits & TypeTraits.Delegate) == 0;
    }
}
