using System.Collections.Immutable;

namespace Limpet.Heap.Growth;

/// <summary>
/// Growth that stands on the stacks of many threads. A thread holds what it works on, and something else holds the thread object:
/// no reference leads from one to the other, but both grow with the threads.
/// </summary>
internal sealed class ThreadStacks
{
    private const string ThreadType = "System.Threading.Thread";

    /// <summary>Stacks of fewer threads than this are chance.</summary>
    private const int FewestThreads = 5;

    /// <summary>Share of the objects that must be on stacks of their own.</summary>
    private const double OwnStacks = 0.7;
    private readonly HashSet<int>[] threadsOf;
    private readonly double[] threadObjects;
    private readonly double[] growth;

    private ThreadStacks(HashSet<int>[] threadsOf, ImmutableArray<GrowthRoot> roots)
    {
        this.threadsOf = threadsOf;
        threadObjects = [.. roots.Select(root => root.GrowthOf(type => type == ThreadType))];
        growth = [.. roots.Select(root => root.TopGrowth)];
    }

    /// <summary>Finds the threads on whose stacks objects of each growth stand. What stands on several stacks is shared, and no thread's own.</summary>
    /// <param name="graph">The last capture.</param>
    /// <param name="roots">The growth roots.</param>
    /// <param name="ownerOf">The growth root that a node belongs to; below 0 for none.</param>
    public static ThreadStacks Of(HeapGraph graph, ImmutableArray<GrowthRoot> roots, Func<int, int> ownerOf)
    {
        const int Shared = -1;
        Dictionary<int, int> threadOf = [];
        foreach (GcRoot root in graph.Roots.Where(root => root.Kind == RootKind.Stack && !root.Target.IsNone))
        {
            if (!threadOf.TryAdd(root.Target.Value, root.ThreadId) && threadOf[root.Target.Value] != root.ThreadId)
            {
                threadOf[root.Target.Value] = Shared;
            }
        }

        HashSet<int>[] threads = [.. roots.Select(_ => new HashSet<int>())];
        foreach ((int node, int thread) in threadOf.Where(entry => entry.Value != Shared))
        {
            if (ownerOf(node) is >= 0 and int root)
            {
                threads[root].Add(thread);
            }
        }

        return new ThreadStacks(threads, roots);
    }

    public GrowthLink Between(int first, int second) => (threadsOf[first].Count, threadsOf[second].Count) switch
    {
        (0, 0) => default,
        (_, 0) => WithObjects(first, second),
        (0, _) => WithObjects(second, first).Reversed,
        _ => SameThreads(threadsOf[first], threadsOf[second]),
    };

    public int CountOf(IEnumerable<int> some) =>
        some.SelectMany(root => threadsOf[root]).Distinct().Count() is >= FewestThreads and int count ? count : 0;

    private GrowthLink WithObjects(int stack, int objects)
    {
        int threads = threadsOf[stack].Count;
        bool own = threads >= FewestThreads && threads >= OwnStacks * Math.Min(growth[stack], threadObjects[objects]);
        return own && threadObjects[objects] > 0 ? new GrowthLink(1, Math.Min(1, threads / threadObjects[objects])) : default;
    }

    private static GrowthLink SameThreads(HashSet<int> first, HashSet<int> second)
    {
        double both = first.Count(second.Contains);
        return both < FewestThreads ? default : new GrowthLink(both / first.Count, both / second.Count);
    }
}
