using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>What each thread's stack holds that nothing before it in the order of roots reaches. O(nodes), 4 bytes a node while it runs.</summary>
internal static class ThreadHolds
{
    private const int MostMethods = 3;

    public static ImmutableArray<HeapThread> Of(ShortestPathTree tree)
    {
        HeapGraph graph = tree.Graph;
        int[] ids = [.. graph.Roots.Where(root => root.Kind == RootKind.Stack).Select(root => root.ThreadId).Distinct().Order()];
        if (ids.Length == 0)
        {
            return [];
        }

        (long[] objects, long[] bytes) = AddUp(tree, [.. graph.Roots.Select(root => root.Kind == RootKind.Stack ? Array.BinarySearch(ids, root.ThreadId) : -1)], ids.Length);
        ILookup<int, GcRoot> roots = graph.Roots.Where(root => root.Kind == RootKind.Stack).ToLookup(root => root.ThreadId);
        return
        [
            .. ids.Select((id, thread) => new HeapThread(id, roots[id].Count(), objects[thread], new ByteSize(bytes[thread]), MethodsOf(roots[id])))
                .OrderByDescending(thread => thread.Bytes.Bytes)
                .ThenBy(thread => thread.ThreadId),
        ];
    }

    private static (long[] Objects, long[] Bytes) AddUp(ShortestPathTree tree, int[] threadOfRoot, int threads)
    {
        long[] objects = new long[threads];
        long[] bytes = new long[threads];
        using NativeArray<int> threadOf = new(tree.Graph.NodeCount);
        foreach (int node in tree.Order)
        {
            NodeIndex index = new(node);
            NodeIndex parent = tree.ParentOf(index);
            int thread = parent.IsNone ? threadOfRoot[tree.RootIndexOf(index)] : threadOf[parent.Value];
            threadOf[node] = thread;
            if (thread >= 0)
            {
                objects[thread]++;
                bytes[thread] += tree.Graph.SizeOf(index);
            }
        }

        return (objects, bytes);
    }

    private static ImmutableArray<string> MethodsOf(IEnumerable<GcRoot> roots) =>
    [
        .. roots.Select(root => root.Name)
            .Distinct()
            .OrderBy(FrameworkTypes.IsFramework)
            .Take(MostMethods)
            .Select(SourceNames.Frame),
    ];
}
