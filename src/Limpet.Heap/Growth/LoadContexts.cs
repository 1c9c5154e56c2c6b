using System.Collections.Immutable;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Growth of load contexts that the runtime holds by a handle of its own. What keeps a context from being unloaded refers to the loader
/// allocator of its assemblies, and no reference leads from there to the context: both grow with the assemblies.
/// </summary>
internal sealed class LoadContexts
{
    private const string ContextType = "System.Runtime.Loader.AssemblyLoadContext";
    private const string AllocatorType = "System.Reflection.LoaderAllocator";

    /// <summary>Fewer contexts than this are chance.</summary>
    private const double FewestContexts = 5;
    private readonly double[] contexts;
    private readonly double[] allocators;

    private LoadContexts(double[] contexts, double[] allocators)
    {
        this.contexts = contexts;
        this.allocators = allocators;
    }

    public static LoadContexts Of(HeapGraph graph, ImmutableArray<GrowthRoot> roots)
    {
        HashSet<string> types = [ContextType, .. graph.Types.Where(type => type.BaseTypes.Contains(ContextType)).Select(type => type.Name)];
        return new LoadContexts(
            [.. roots.Select(root => root.Tops.Where(top => types.Contains(top.Path.Type) && top.Path is { Depth: 1, Root.Kind: RootKind.StrongHandle }).Sum(top => top.CountGrowth))],
            [.. roots.Select(root => root.GrowthOf(type => type == AllocatorType))]);
    }

    /// <summary>Whether a root is such contexts, which are there because something else is.</summary>
    public bool AreContexts(int root) => contexts[root] >= FewestContexts;

    public GrowthLink Between(int first, int second) =>
        contexts[first] >= FewestContexts ? Link(contexts[first], allocators[second])
        : contexts[second] >= FewestContexts ? Link(contexts[second], allocators[first]).Reversed
        : default;

    private static GrowthLink Link(double contexts, double allocators) =>
        new(Math.Min(1, allocators / contexts), allocators > 0 ? Math.Min(1, contexts / allocators) : 0);
}
