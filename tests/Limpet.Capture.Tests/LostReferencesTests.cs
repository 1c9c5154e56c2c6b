using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Tests;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Capture.Tests;

/// <summary>References to nothing tell that a heap is not whole where roots reach them, and nothing where only remains of an earlier heap have them.</summary>
public sealed class LostReferencesTests
{
    [Theory]
    [InlineData("none", 0, 0, null)]
    [InlineData("of what nothing holds", 0, 3, null)]
    [InlineData("of what is held", 1, 0, "1 reference points to no object")]
    [InlineData("of both", 2, 3, "2 references point to no object")]
    public void Describe_ReferencesToNothing_CountWhereTheirObjectIsHeld(string what, int held, int remains, string? expected)
    {
        List<NodeIndex> from = [];
        using HeapGraph graph = TestHeap.Of(h =>
        {
            HeapObject desk = h.Object("Shop.Desk"), old = h.Object("Shop.Desk");
            h.Static("Shop.Desk.all").To(desk);
            from.AddRange(Enumerable.Repeat(desk.Node, held).Concat(Enumerable.Repeat(old.Node, remains)));
        });

        Assert.True(LostReferences.Describe(graph, from) == expected, what);
    }
}
