using System.Collections.Immutable;

namespace Limpet.Heap.Tests;

/// <summary>Random heaps for comparison with naive algorithms: sparse, with cycles, self references, garbage and roots of all kinds.</summary>
internal static class RandomHeap
{
    public static HeapGraph Of(int seed)
    {
        Random random = new(seed);
        int nodes = random.Next(1, 60);
        int typeCount = random.Next(1, 6);
        int edges = random.Next(0, nodes * 3);
        var references = Enumerable.Range(0, edges)
            .Select(_ => (From: random.Next(nodes), To: random.Next(nodes), Slot: (byte)random.Next(3)))
            .OrderBy(edge => edge.From)
            .ToArray();
        uint[] firstEdges = new uint[nodes + 1];
        foreach (var edge in references)
        {
            firstEdges[edge.From + 1]++;
        }

        for (int node = 0; node < nodes; node++)
        {
            firstEdges[node + 1] += firstEdges[node];
        }

        RootKind[] kinds = Enum.GetValues<RootKind>();
        return HeapArrays.ToGraph(
            [.. Enumerable.Range(0, nodes).Select(_ => (uint)random.Next(typeCount))],
            [.. Enumerable.Range(0, nodes).Select(_ => 24L + (8 * random.Next(40)))],
            firstEdges,
            [.. references.Select(edge => edge.To)],
            [.. references.Select(edge => edge.Slot)],
            [.. Enumerable.Range(0, typeCount).Select(type => new HeapType($"T{type}", slotNames: ["a", "b", "c"]))],
            [.. Enumerable.Range(0, random.Next(0, 6)).Select(root => new GcRoot(new NodeIndex(random.Next(nodes)), kinds[random.Next(kinds.Length)], $"root{root}"))],
            segments: random.Next(1, 5));
    }
}
