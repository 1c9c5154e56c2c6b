using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Text;

public sealed class OtherTextTests
{
    [Fact]
    public void Why_Type_HasTracesByShape() => Text.AssertUnderEveryCulture(
        """
        Shop.OrderView  1,093 objects, 1,091 reached by roots; the others are garbage that was not collected yet

        1,091 objects, 1.49 MiB retained by them
        ┬─── static field Shop.Bus.Changed
        ├─ System.EventHandler
        │    ↓ event handler, delegate target
        ╰→ Shop.OrderView
           hint: remove the handler

        2 more shapes not shown

        """,
        () => WhyText.Write(Samples.Why));

    [Fact]
    public void Why_Garbage_SaysThatNothingHoldsIt() => Text.AssertUnderEveryCulture(
        """
        Shop.OrderView at 0x7f12a4001020  1 object, no root reaches any: garbage that was not collected yet

        """,
        () => WhyText.Write(Samples.Why with { Matches = new WhyMatches { Type = "Shop.OrderView", Address = 0x7f12a4001020, Count = 1, RootedCount = 0 }, Traces = [], OmittedShapes = 0 }));

    [Fact]
    public void Snapshot_Complete_HasSizeAndStall() => Text.AssertUnderEveryCulture(
        """
        Snapshot of process 4242 (.NET 10.0.12) in shop.limpet
          5,000,000 reachable objects, 160 MiB, 7,500,000 references, 430 roots
          stood still for 85 ms; attached in 270 ms, 1.3 s in all
          the heap is complete

        """,
        () => SnapshotText.Write(Samples.Snapshot));

    [Fact]
    public void Snapshot_Incomplete_SaysWhy() => Assert.Contains(
        "  incomplete: a collection was under way\n",
        SnapshotText.Write(Samples.Snapshot with { Heap = Samples.Snapshot.Heap with { Complete = false, IncompleteReason = "a collection was under way" } }),
        StringComparison.Ordinal);
}
