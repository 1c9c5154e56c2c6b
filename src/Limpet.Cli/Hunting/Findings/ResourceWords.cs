using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Resources;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What to call resources by: descriptors by their target, threads by method and name, timers by what they call, memory by what it is for.</summary>
internal sealed class ResourceWords(HuntEvidence evidence)
{
    /// <summary>Share of the threads that came which must run a method for it to be theirs.</summary>
    private const double Most = 0.7;

    private readonly Lazy<ImmutableArray<ThreadStarts>> starts = new(() => ThreadStarts.Of(evidence.Stacks));

    /// <summary>Descriptors that were opened since the baseline and are open still, the largest group first.</summary>
    /// <param name="sockets">Whether to tell of sockets only, of everything else only, or of both (null).</param>
    public ImmutableArray<NamedCount> Descriptors(bool? sockets = null) =>
        DescriptorGroups.Of([.. evidence.AddedDescriptors().Where(descriptor => sockets is null || (descriptor.Kind == DescriptorKind.Socket) == sockets)], evidence.Sockets);

    /// <summary>The threads that a leak stands on, by the method in which its root lies; else those that are about as many as <paramref name="growth"/>. Null where there are none.</summary>
    public ThreadStarts? StartOf(GrowthGroup? group, double growth)
    {
        string[] methods = group is null ? [] : [.. group.Roots.Select(root => root.Tops[0].Path.Root).Where(root => root.Kind == RootKind.Stack).Select(root => root.Name)];
        return starts.Value.FirstOrDefault(start => start.Stacks.Any(stack => stack.Frames.Select(ThreadStarts.MethodOf).Any(methods.Contains)))
            ?? starts.Value.Where(start => start.Count >= Most * growth).MinBy(start => Math.Abs(start.Count - growth));
    }

    /// <summary>Such as <c>thread "worker *" started with Poller.Run</c>.</summary>
    public string Thread(ThreadStarts? start, double growth)
    {
        string name = ThreadName(growth) is { Length: > 0 } text ? $" \"{Escaping.Show(text)}\"" : "";
        return start is { Method.Length: > 0 } ? $"thread{name} started with {start.Method}" : "thread" + name;
    }

    /// <summary>Such as <c>timer that calls Poller.Tick</c>; null when no timer of the leak shows what it calls.</summary>
    public string? Timer(GrowthGroup group)
    {
        if (evidence.Heap is not { } heap)
        {
            return null;
        }

        foreach (PathSeries member in group.Members.Where(member => member.Path.Type == "System.Threading.TimerQueueTimer"))
        {
            if (heap.Merged.Paths.TryFind(member.Id, out int path) && heap.Merged.RepresentativeOf(path) is { IsNone: false } timer)
            {
                return CallbackOf(heap.Merged.Graph, timer);
            }
        }

        return null;
    }

    /// <summary>What memory of a kind is called.</summary>
    public static string Memory(MemoryAreaKind kind) => kind switch
    {
        MemoryAreaKind.Anonymous => "malloc",
        MemoryAreaKind.Stack => "thread stacks",
        MemoryAreaKind.CodeAndTypes => "loader heap and code",
        _ => "mapped files",
    };

    private string? ThreadName(double growth) => evidence.Run.Counters.Values
        .Where(counter => counter.Metric.StartsWith(Metric.Threads + ".", StringComparison.Ordinal) && counter.Grows)
        .MinBy(counter => Math.Abs(counter.TotalGrowth - growth))?.Metric[(Metric.Threads.Length + 1)..];

    private static string? CallbackOf(HeapGraph graph, NodeIndex timer)
    {
        ReadOnlySpan<int> targets = graph.TargetsOf(timer);
        foreach (int target in targets)
        {
            NodeIndex node = new(target);
            if (graph.TypeOf(node).IsDelegate
                && graph.Facts.TryGet(FactKind.DelegateCode, node, out ulong code)
                && graph.Methods.TryGetValue(code, out MethodName? method)
                && !FrameworkTypes.IsFramework(method.Type))
            {
                return SourceNames.Method(method.Type, method.Name);
            }
        }

        return null;
    }
}
