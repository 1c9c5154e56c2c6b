using System.Collections.Immutable;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Growth of load contexts that the runtime holds by a handle of its own. What keeps a context from being unloaded refers to the loader
/// allocator of its assemblies, and no reference leads from there to the context: both grow with the assemblies. Nor does one lead from the assemblies of a context that is never
/// unloaded, which stand in a table of the runtime's, or from the list of all contexts, which refers to them weakly: these are there because the context is.
/// </summary>
internal sealed class LoadContexts
{
    private const string ContextType = "System.Runtime.Loader.AssemblyLoadContext";
    private const string AllocatorType = "System.Reflection.LoaderAllocator";
    private const string AssemblyType = "System.Reflection.RuntimeAssembly";
    private const string ListedType = $"System.WeakReference<{ContextType}>";

    /// <summary>Fewer contexts than this are chance.</summary>
    private const double FewestContexts = 5;
    private readonly double[] contexts;
    private readonly double[] allocators;
    private readonly double[] traces;

    private LoadContexts(double[] contexts, double[] allocators, double[] traces)
    {
        this.contexts = contexts;
        this.allocators = allocators;
        this.traces = traces;
    }

    public static LoadContexts Of(HeapGraph graph, ImmutableArray<GrowthRoot> roots)
    {
        HashSet<string> types = [ContextType, .. graph.Types.Where(type => type.BaseTypes.Contains(ContextType)).Select(type => type.Name)];
        return new LoadContexts(
            [.. roots.Select(root => root.Tops.Where(top => types.Contains(top.Path.Type) && top.Path is { Depth: 1, Root.Kind: RootKind.StrongHandle }).Sum(top => top.CountGrowth))],
            [.. roots.Select(root => Math.Max(root.GrowthOf(type => type == AllocatorType), root.GrowthOf(type => type == AssemblyType)))],
            [.. roots.Select(root => root.Tops.Where(IsTrace).Sum(top => top.CountGrowth))]);
    }

    /// <summary>Whether a root is what the runtime keeps of contexts, and nothing that could keep them.</summary>
    public bool AreTraces(int root) => traces[root] >= FewestContexts;

    /// <summary>Whether a root is such contexts, which are there because something else is.</summary>
    public bool AreContexts(int root) => contexts[root] >= FewestContexts;

    public GrowthLink Between(int first, int second) =>
        contexts[first] >= FewestContexts ? Link(first, second)
        : contexts[second] >= FewestContexts ? Link(second, first).Reversed
        : default;

    private static bool IsTrace(PathSeries top) =>
        (top.Path.Type == AssemblyType && top.Path.Root.Kind == RootKind.RuntimeTable)
        || (top.Path.Type == ListedType && top.Path.Root.Kind == RootKind.StaticField && top.Path.Root.Name.StartsWith(ContextType + ".", StringComparison.Ordinal));

    private GrowthLink Link(int context, int other)
    {
        double share = Math.Min(1, Math.Max(allocators[other], traces[other]) / contexts[context]);

        // A context has one assembly or several: what the runtime keeps of it is never too much of it.
        return traces[other] > 0 ? new GrowthLink(share, share) : new GrowthLink(share, allocators[other] > 0 ? Math.Min(1, contexts[context] / allocators[other]) : 0);
    }
}
