using System.Collections.Immutable;
using Limpet.Heap;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Follows references that lie outside the heap, such as those of weak handles: read while nothing changes, found when the graph is there.</summary>
internal static class OutsideReferences
{
    /// <summary>The addresses that they hold; null for one that cannot be read.</summary>
    public static ulong?[] Read(ClrRuntime runtime, IReadOnlyList<ulong> references) =>
        [.. references.Select(reference => runtime.DataTarget.DataReader.ReadPointer(reference, out ulong value) ? value : (ulong?)null)];

    /// <summary>The object of each; none where it refers to nothing, which means that its object was collected.</summary>
    /// <exception cref="LimpetException">What one refers to is not known: that is no proof that it is gone.</exception>
    public static ImmutableArray<NodeIndex> In(HeapGraph graph, IEnumerable<ulong?> addresses) => [.. addresses.Select(address => Find(graph, address))];

    private static NodeIndex Find(HeapGraph graph, ulong? address) => address switch
    {
        null => throw new LimpetException(Trouble.NotRun, "What a weak handle refers to cannot be read in this heap, so nobody can say whether its object is gone. Capture again."),
        0 => NodeIndex.None,
        { } at when graph.Addresses.TryFind(at, out NodeIndex node) => node,
        { } at => throw new LimpetException(
            Trouble.NotRun,
            $"A weak handle refers to 0x{at:x}, and this heap has no object there{(graph.IncompleteReason is { } reason ? $": {reason}" : "")}. Capture again."),
    };
}
