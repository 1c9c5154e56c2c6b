using Limpet.Heap;
using Limpet.Heap.Paths;

namespace Limpet.Capture.Live;

/// <summary>
/// References that point to no object. Memory that a thread was just given, and that is neither listed nor cleared yet, shows what stood there before the last collection: objects that nothing holds, with
/// references into the void. Only what roots reach can miss anything.
/// </summary>
internal static class LostReferences
{
    /// <summary>What is missing; null where nothing is. One search where there are such references at all.</summary>
    /// <param name="graph">The heap.</param>
    /// <param name="from">Where they begin.</param>
    public static string? Describe(HeapGraph graph, IReadOnlyList<NodeIndex> from)
    {
        if (from.Count == 0)
        {
            return null;
        }

        using ShortestPathTree tree = ShortestPathTree.Build(graph, CancellationToken.None);
        int lost = from.Count(tree.IsReached);
        return lost == 0 ? null : lost == 1 ? "1 reference points to no object" : $"{lost} references point to no object";
    }
}
