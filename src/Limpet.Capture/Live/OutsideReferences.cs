using System.Collections.Immutable;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Follows references that lie outside the heap, such as those of weak handles: read while nothing changes, found when the graph is there.</summary>
internal static class OutsideReferences
{
    /// <summary>The addresses that they hold; 0 for one that cannot be read.</summary>
    public static ulong[] Read(ClrRuntime runtime, IReadOnlyList<ulong> references) =>
        [.. references.Select(reference => runtime.DataTarget.DataReader.ReadPointer(reference, out ulong value) ? value : 0)];

    /// <summary>The object of each; none where it refers to nothing.</summary>
    public static ImmutableArray<NodeIndex> In(HeapGraph graph, IEnumerable<ulong> addresses) =>
        [.. addresses.Select(address => graph.Addresses.TryFind(address, out NodeIndex node) ? node : NodeIndex.None)];
}
