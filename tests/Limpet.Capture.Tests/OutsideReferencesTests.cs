using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Results;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Capture.Tests;

/// <summary>Only a handle that refers to nothing says that its object was collected.</summary>
public sealed class OutsideReferencesTests
{
    [Fact]
    public void In_AReferenceToNothing_IsNone()
    {
        using HeapGraph graph = Drawn();
        Assert.True(Assert.Single(OutsideReferences.In(graph, [0])).IsNone);
    }

    [Fact]
    public void In_AReferenceToAnObject_IsThatObject()
    {
        using HeapGraph graph = Drawn();
        Assert.Equal(new NodeIndex(0), Assert.Single(OutsideReferences.In(graph, [graph.Addresses.AddressOf(new NodeIndex(0))])));
    }

    [Fact]
    public void In_AReferenceToNoObjectOfTheHeap_IsNotTakenForGone()
    {
        using HeapGraph graph = Drawn();
        Assert.Equal(
            "A weak handle refers to 0x8, and this heap has no object there. Capture again.",
            Assert.Throws<LimpetException>(() => OutsideReferences.In(graph, [8])).Message);
    }

    [Fact]
    public void In_AReferenceThatCannotBeRead_IsNotTakenForGone()
    {
        using HeapGraph graph = Drawn();
        Assert.StartsWith("What a weak handle refers to cannot be read in this heap", Assert.Throws<LimpetException>(() => OutsideReferences.In(graph, [null])).Message, StringComparison.Ordinal);
    }

    private static HeapGraph Drawn() => TestHeap.Of(h => h.Static("Shop.Bus.last").To(h.Object("Shop.Order")));
}
