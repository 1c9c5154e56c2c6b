using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Cli.Hunting.Run;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Which managed objects stand for what a counter counts: each is one thread, descriptor, timer or operation.</summary>
internal sealed class CounterOwners
{
    private const string SafeHandle = "System.Runtime.InteropServices.SafeHandle";
    private static readonly string[] Descriptors =
        ["Microsoft.Win32.SafeHandles.SafeFileHandle", "System.Net.Sockets.SafeSocketHandle", "Microsoft.Win32.SafeHandles.SafePipeHandle"];

    private readonly HashSet<string> safeHandles;
    private readonly HashSet<string> finalizable;

    public CounterOwners(MergedPaths? merged)
    {
        HeapType[] types = merged is null ? [] : [.. merged.Graph.Types];
        safeHandles = [.. types.Where(type => type.BaseTypes.Contains(SafeHandle)).Select(type => type.Name)];
        finalizable = [.. types.Where(type => (type.Traits & TypeTraits.Finalizable) != 0).Select(type => type.Name)];
    }

    /// <summary>How many of what <paramref name="metric"/> counts a leak holds, by its growth from round <paramref name="baseline"/> on.</summary>
    public double OwnedBy(GrowthGroup group, string metric, int baseline) => metric switch
    {
        Metric.Threads => group.Threads > 0 ? group.Threads : Largest(group, baseline, type => type == "System.Threading.Thread"),
        Metric.Descriptors => Largest(group, baseline, Descriptors.Contains) is > 0 and double known ? known : Largest(group, baseline, safeHandles.Contains),
        Metric.Timers => Largest(group, baseline, type => type == "System.Threading.TimerQueueTimer"),
        Metric.PendingAsync => group.Members.Where(member => member.Path.Type.Contains("AsyncStateMachineBox<", StringComparison.Ordinal)).Sum(member => Since(member, baseline)),
        _ => 0,
    };

    /// <summary>Whether a leak holds objects that a finalizer of their own frees memory for, and not only descriptors, threads and timers.</summary>
    public bool OwnsMemory(GrowthGroup group, int baseline) => group.Members.Any(member =>
        finalizable.Contains(member.Path.Type) && !OnlyKernel(member.Path.Type) && Since(member, baseline) > 0);

    /// <summary>Whether sockets are among the descriptors that a leak holds; null when it holds no descriptor that is known.</summary>
    public static bool? HoldsSockets(GrowthGroup group, int baseline) =>
        Sockets(group, baseline) > 0 ? true
        : Largest(group, baseline, Descriptors.Contains) > 0 ? false
        : null;

    /// <summary>How many sockets a leak holds.</summary>
    public static double Sockets(GrowthGroup group, int baseline) => Largest(group, baseline, type => type == Descriptors[1]);

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
