using System.Collections.Immutable;
using Limpet.Heap.Strings;

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

        uint[] types = [.. Enumerable.Range(0, nodes).Select(_ => (uint)random.Next(typeCount))];
        long[] sizes = [.. Enumerable.Range(0, nodes).Select(_ => 24L + (8 * random.Next(40)))];

        // Every other heap has strings: objects of the last type.
        int[] texts = seed % 2 == 0 ? [] : [.. Enumerable.Range(0, nodes).Where(node => types[node] == typeCount - 1)];
        int[] lengths = [.. texts.Select(node => 4 - (node % 3))];
        HeapStrings? strings = texts.Length == 0 ? null : new HeapStrings(
            HeapArrays.Native(lengths),
            HeapArrays.Native<ulong>([.. lengths.Select(length => (ulong)length * 0x9E3779B97F4A7C15)]),
            seed % 4 == 1 ? null : ImmutableDictionary<StringPrint, string>.Empty.Add(new StringPrint(lengths[0], (ulong)lengths[0] * 0x9E3779B97F4A7C15), "a text\u0000"));
        RootKind[] kinds = Enum.GetValues<RootKind>();
        return HeapArrays.ToGraph(
            types,
            sizes,
            firstEdges,
            [.. references.Select(edge => edge.To)],
            [.. references.Select(edge => edge.Slot)],
            [.. Enumerable.Range(0, typeCount).Select(type => new HeapType($"T{type}", traits: texts.Length > 0 && type == typeCount - 1 ? TypeTraits.String : TypeTraits.None, slotNames: ["a", "b", "c"]))],
            [.. Enumerable.Range(0, random.Next(0, 6)).Select(root => new GcRoot(new NodeIndex(random.Next(nodes)), kinds[random.Next(kinds.Length)], $"root{root}"))],
            segments: random.Next(1, 5),
            strings: strings,
            weak: seed % 2 == 0 ? default : [.. Enumerable.Range(0, nodes / 3).Select(handle => new WeakHandle(new NodeIndex(handle * 2), handle % 2 == 0))]);
    }
}
