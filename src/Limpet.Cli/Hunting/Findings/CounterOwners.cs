using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Cli.Hunting.Run;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Which managed objects stand for what a counter counts: each is one thread, descriptor, timer or operation.</summary>
internal sealed class CounterOwners
{
    private const string SafeHandle = "System.Runtime.InteropServices.SafeHandle";

    /// <summary>Share of handles that must have come as descriptors for them to be taken for such.</summary>
    private const double Most = 0.8;

    private static readonly string[] Descriptors =
        ["Microsoft.Win32.SafeHandles.SafeFileHandle", "System.Net.Sockets.SafeSocketHandle", "Microsoft.Win32.SafeHandles.SafePipeHandle"];

    private static readonly string[] Components = ["System.ComponentModel.Component", "System.ComponentModel.MarshalByValueComponent"];

    private readonly HashSet<string> ownHandles;
    private readonly HashSet<string> freeing;

    public CounterOwners(MergedPaths? merged)
    {
        HeapType[] types = merged is null ? [] : [.. merged.Graph.Types];
        ownHandles = [.. types.Where(type => type.BaseTypes.Contains(SafeHandle) && !FrameworkTypes.IsFramework(type.Name)).Select(type => type.Name)];
        freeing = [.. types.Where(MayFreeMemory).Select(type => type.Name)];
    }

    /// <summary>How many of what <paramref name="metric"/> counts a leak holds, by its growth from round <paramref name="baseline"/> on.</summary>
    public static double OwnedBy(GrowthGroup group, string metric, int baseline) => metric switch
    {
        Metric.Threads => group.Threads > 0 ? group.Threads : Largest(group, baseline, type => type == "System.Threading.Thread"),
        Metric.Descriptors => Largest(group, baseline, Descriptors.Contains),
        Metric.Timers => Largest(group, baseline, type => type == "System.Threading.TimerQueueTimer"),
        Metric.PendingAsync => group.Members.Where(member => member.Path.Type.Contains("AsyncStateMachineBox<", StringComparison.Ordinal)).Sum(member => Since(member, baseline)),
        _ => 0,
    };

    /// <summary>
    /// How many descriptors each leak may hold, where <paramref name="growth"/> of them came: handles of the program's own and of packages are taken for descriptors where as many came beside
    /// those that are known to be held. A handle of the framework that is not known as a descriptor is none: an event, a key, a library.
    /// </summary>
    public double[] DescriptorsOf(IReadOnlyList<GrowthGroup> groups, double growth, int baseline)
    {
        double[] known = [.. groups.Select(group => OwnedBy(group, Metric.Descriptors, baseline))];
        double[] own = [.. groups.Select((group, place) => known[place] > 0 ? 0 : Largest(group, baseline, ownHandles.Contains))];
        return own.Sum() > 0 && growth - known.Sum() >= Most * own.Sum() ? [.. known.Zip(own, (first, second) => first + second)] : known;
    }

    /// <summary>Whether a leak holds objects that a finalizer of their own frees memory for, and not only descriptors, threads and timers.</summary>
    public bool OwnsMemory(GrowthGroup group, int baseline) => group.Members.Any(member => freeing.Contains(member.Path.Type) && Since(member, baseline) > 0);

    /// <summary>Whether sockets are among the descriptors that a leak holds; null when it holds no descriptor that is known.</summary>
    public static bool? HoldsSockets(GrowthGroup group, int baseline) =>
        Sockets(group, baseline) > 0 ? true
        : Largest(group, baseline, Descriptors.Contains) > 0 ? false
        : null;

    /// <summary>How many sockets a leak holds.</summary>
    public static double Sockets(GrowthGroup group, int baseline) => Largest(group, baseline, type => type == Descriptors[1]);

    /// <summary>Handles, and what has a finalizer that is not the framework's: those of the framework's other types free handles beside them, or what the collector keeps.</summary>
    private static bool MayFreeMemory(HeapType type) =>
        (type.Traits & TypeTraits.Finalizable) != 0
        && !OnlyKernel(type.Name) && !type.BaseTypes.Any(OnlyKernel)
        && (type.BaseTypes.Contains(SafeHandle) || (!FrameworkTypes.IsFramework(type.Name) && !type.BaseTypes.Any(Components.Contains)));

    private static bool OnlyKernel(string type) =>
        Descriptors.Contains(type) || type is "System.Threading.Thread" or "System.Threading.Timer" or "System.Net.Sockets.Socket" or "System.IO.FileStream"
            or "System.Threading.TimerHolder" or "System.Threading.Tasks.Task+DelayPromise"
        || type.StartsWith("System.IO.Strategies.", StringComparison.Ordinal)
        || type.StartsWith("System.Net.Sockets.", StringComparison.Ordinal);

    /// <summary>A handle shows in many types (a stream, its strategy, its handle): the one that is there most often counts them.</summary>
    private static double Largest(GrowthGroup group, int baseline, Func<string, bool> isOwner) => group.Members
        .Where(member => isOwner(member.Path.Type))
        .GroupBy(member => member.Path.Type)
        .Select(type => type.Sum(member => Since(member, baseline)))
        .DefaultIfEmpty(0)
        .Max();

    private static double Since(PathSeries member, int baseline) => member.Counts[^1] - member.Counts[baseline];
}
