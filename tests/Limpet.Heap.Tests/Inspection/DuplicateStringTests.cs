using Limpet.Heap.Inspection;
using Limpet.Results;

namespace Limpet.Heap.Tests.Inspection;

public sealed class DuplicateStringTests
{
    [Fact]
    public void Inspect_EqualStrings_AreGroupsWithWhatOneCopyWouldSave()
    {
        HeapContents contents = Inspect(Shop);

        Assert.Equal(new StringUse(10, new ByteSize((6 * 48) + (3 * 24) + 24), 2, new ByteSize((5 * 48) + (2 * 24))), contents.Strings);
        Assert.Equal(
            [(12, 6L, 6 * 48L, 5 * 48L, Heap.PrintOf("gift wrapped").Hash), (1, 3L, 3 * 24L, 2 * 24L, Heap.PrintOf("x").Hash)],
            contents.DuplicateStrings.Select(group => (group.Length, group.Count, group.Bytes.Bytes, group.Savable.Bytes, group.Hash)));
        Assert.All(contents.DuplicateStrings, group => Assert.Null(group.Text));
    }

    [Fact]
    public void Inspect_EqualStrings_AreHeldByTheMemberThatHoldsMost()
    {
        DuplicateString group = Inspect(Shop).DuplicateStrings[0];

        Assert.Equal(("field Shop.Order.note", 5), (group.Container, group.ContainerCount));
        Assert.Equal(
            """
            StaticField Shop.Program.orders
              Shop.Order[] → [x]
              Shop.Order → note
              string
            """,
            TraceText.Of(group.Holder));
    }

    [Fact]
    public void Inspect_WithTexts_TellsHowTheyBegin() => Assert.Equal(
        ["gift wrapped", "x"],
        Inspect(h =>
        {
            Shop(h);
            h.KeepTexts();
        }).DuplicateStrings.Select(group => group.Text));

    [Fact]
    public void Inspect_MoreGroupsThanLines_CountsTheRest()
    {
        HeapContents contents = Inspect(Shop, top: 1);

        Assert.Equal((1, 1), (contents.DuplicateStrings.Length, contents.OmittedDuplicateStrings));
    }

    [Fact]
    public void Inspect_ASourceWithoutHashes_HasNoFigures()
    {
        HeapContents contents = Inspect(h => h.Static("Shop.Program.name").To(h.Object("System.String")));

        Assert.Null(contents.Strings);
        Assert.Empty(contents.DuplicateStrings);
    }

    private static void Shop(Heap h)
    {
        // Between the strings lie others, and strings that no root reaches.
        HeapObject[] orders = [.. Enumerable.Range(0, 5).Select(order =>
        {
            h.String("gift wrapped");
            return h.Object("Shop.Order", ("note", h.String("gift wrapped")), ("code", h.String(order < 3 ? "x" : order == 3 ? "y" : "gift wrapped")));
        })];
        h.Static("Shop.Program.orders").To(h.Array("Shop.Order[]", orders));
        h.String("x");
        h.String("nobody's");
        h.String("nobody's");
    }

    private static HeapContents Inspect(Action<Heap> describe, int top = 20)
    {
        using HeapGraph graph = Heap.Of(describe);
        return HeapInspector.Inspect(graph, null, new InspectionOptions { Top = top }, TestContext.Current.CancellationToken);
    }
}
