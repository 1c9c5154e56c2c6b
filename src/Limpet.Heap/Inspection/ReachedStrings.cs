using System.Collections.Immutable;
using Limpet.Heap.Dominators;
using Limpet.Heap.Strings;

namespace Limpet.Heap.Inspection;

/// <summary>The strings that roots reach, by text. O(nodes + strings); 4 bytes a string beside what <see cref="StringGroups"/> takes.</summary>
internal static unsafe class ReachedStrings
{
    /// <summary>Groups them; null where the source has no hashes.</summary>
    public static StringGroups? Group(DominatorTree dominators, int most, CancellationToken cancellation)
    {
        if (dominators.Graph.Strings is not { } strings)
        {
            return null;
        }

        using NativeArray<int> lengths = new(strings.Count);
        int* all = strings.Lengths;
        int index = 0;
        foreach (int node in NodesOf(dominators.Graph))
        {
            lengths[index] = dominators.IsReached(new NodeIndex(node)) ? all[index] : -1;
            index++;
        }

        return StringGroups.Find([new StringRun(lengths.Pointer, strings.Hashes, strings.Count)], most, cancellation);
    }

    /// <summary>The nodes of the strings, in the order in which <see cref="HeapStrings"/> has them.</summary>
    public static IEnumerable<int> NodesOf(HeapGraph graph)
    {
        ImmutableArray<bool> isString = [.. graph.Types.Select(type => type.IsString)];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (isString[graph.TypeIndexOf(new NodeIndex(node)).Value])
            {
                yield return node;
            }
        }
    }
}
