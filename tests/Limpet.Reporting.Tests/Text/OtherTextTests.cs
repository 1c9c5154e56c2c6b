using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Text;

public sealed class OtherTextTests
{
    [Fact]
    public void Why_Type_HasTracesByShape() => Text.AssertUnderEveryCulture(
        """
        Shop.OrderView  1,093 objects, 1,091 reached by roots; the others are garbage that was not collected yet (1 in generation 0, 1 in large objects)
           not rooted, 2 of 1,093: 4 weak handles (3 short, 1 long) point to 1 of them; they go with the next collection of generation 2 at the latest, or the one after it where a finalizer must run first
           value of 2 dependent handles, Shop.Order → Shop.OrderView: a value is held as long as its key lives, and no root reaches those keys
           key of 1 dependent handle, Shop.OrderView → Shop.Tag: a key is not held, and its value goes with it

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
    public void Why_OneObjectThatAWeakHandlePointsTo_SaysWhenItGoes() => Text.AssertUnderEveryCulture(
        """
        Shop.OrderView at 0x7f12a4001020  1 object, no root reaches any: garbage that was not collected yet (1 in generation 1)
           not rooted: 1 weak handle (long) points to it; it goes with the next collection of generation 1

        """,
        () => WhyText.Write(Samples.Why with { Matches = new WhyMatches { Type = "Shop.OrderView", Address = 0x7f12a4001020, Count = 1, RootedCount = 0, Garbage = [new NamedTally("Gen1", 1)], Weak = new WeakHold(0, 1, 1) { GoesWithGeneration = 1 } }, Traces = [], OmittedShapes = 0 }));

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

    [Fact]
    public void Inspect_Everything_IsThis() => Text.AssertUnderEveryCulture(
        """
        Heap of process 4242 (.NET 10.0.12) in shop.limpet
          5,000,000 reachable objects, 160 MiB, 7,500,000 references, 430 roots

        Where it lies
                         objects     bytes   garbage  free between
          generation 0     1,000  46.9 KiB  9.38 KiB      4.00 KiB
          large objects        3  8.00 MiB       0 B           0 B

        Types
              count     bytes  retained  type
          1,000,000  45.8 MiB  91.6 MiB  Shop.Order
                 90  8.79 KiB  8.79 KiB  string
          12 more types not shown

        Suspects  places that hold much: one heap does not tell a cache from a leak, two do (limpet diff)

        57.2 % of the heap, 91.6 MiB: 1,000,000 × Shop.Order in static field Shop.Store.orders (System.Collections.Generic.List<Shop.Order>)
        ┬─── static field Shop.Store.orders
        ├─ System.Collections.Generic.List<Shop.Order>
        │    ↓ list elements
        ╰→ Shop.Order
           hint: Store.Add (Store.cs:12) adds to Store.orders

        10.0 % of the heap, 16.0 MiB: one System.Buffers.SharedArrayPool<byte> in static field System.Buffers.SharedArrayPool<byte>.s_shared (System.Buffers.SharedArrayPool<byte>)
           mostly 16 × byte[]
           expected: ArrayPool.Shared, which keeps a bounded number of returned arrays
          1 more suspect not shown

        Roots
          430 × StaticField

        Threads and what only their stacks hold
          12 objects, 9.38 KiB on thread 7: Shop.Worker.Run, System.Threading.Thread.StartCallback
          1 more thread not shown

        Cycles
          12 × 2 objects, 1 mutual pair, 1.13 KiB in all: 1 × Shop.Line, 1 × Shop.Order
          1 × 5 objects, 0 mutual pairs, 240 B in all, held by no root: garbage: 1 × A, 1 × B, 1 × C, 1 × D, 1 more type
          3 more shapes not shown

        Async methods that have not ended
          90 awaiting Task.Delay: 90 × async OrderService.Start(); held by static field System.Threading.TimerQueue.Instances and others
          1 awaiting what the heap does not tell: 1 × async Program.Main()

        Timers, 94 of them due to fire
          4 × Shop.Ticker.Tick, every 5 s
          90 × Task.Delay

        Waiting for their finalizer
          3 × System.IO.FileStream, 12.0 KiB retained

        Large arrays
          8.00 MiB  Shop.Order[] at 0x7f12a4001020 in static field Shop.Store.orders, 1,000,000 of 1,048,573 elements filled
          1.00 MiB  byte[] at 0x7f12a5001020 in field Shop.Page.bytes

        Fullest collections
           elements     bytes  retained  collection
          1,000,000  26.7 MiB  91.6 MiB  System.Collections.Generic.Dictionary<int, Shop.Order> at 0x7f12a4001000 in static field Shop.Store.orders
                 48     568 B     568 B  System.Collections.Generic.List<double> at 0x7f12a4002000 in field Shop.Log.durations
          7 more collections not shown

        Duplicate strings: of 20,000 strings, 1.20 MiB, one copy of each text would save 800 KiB
          count  would save  length  text
          1,500     152 KiB      40  "gift, please wrap\n"…, in field Shop.Order.note
             90    4.17 KiB      12  hash 003c00ab12cd34ef, 80 in static field Shop.Store.orders
          312 more texts not shown

        Not seen
          duplicate strings

        """,
        () => InspectText.Write(Samples.Inspect));

    [Fact]
    public void Inspect_TypesOnly_LeavesOutTheRest() => Text.AssertUnderEveryCulture(
        """
        Heap of process 4242 (.NET 10.0.12)
          5,000,000 reachable objects, 160 MiB, 7,500,000 references, 430 roots
          incomplete: a collection was under way

        Types
              count     bytes  retained  type
          1,000,000  45.8 MiB  91.6 MiB  Shop.Order
                 90  8.79 KiB  8.79 KiB  string
          12 more types not shown

        """,
        () => InspectText.Write(Samples.Inspect with { Heap = Samples.Snapshot.Heap with { Complete = false, IncompleteReason = "a collection was under way", File = null }, BlindSpots = [] }, typesOnly: true));

    [Fact]
    public void Diff_Two_HasNewGoneAndGrown() => Text.AssertUnderEveryCulture(
        """
        What changed
          before.limpet: 100 reachable objects, 3.91 KiB
          after.limpet: 200 reachable objects, 8.79 KiB
          incomplete: a collection was under way

        What grew, and where
          +90 Shop.Order (+8.91 KiB with what they hold) in field Shop.Store.orders (System.Collections.Generic.List<Shop.Order>): 10 → 100
          1 more place not shown

        What holds more, without more objects
          +9,500 elements of System.Collections.Generic.List<double> in static field Shop.Log.durations: 500 → 10,000
          +5 elements of System.Collections.Generic.HashSet<System.Guid> in field Shop.Store.seen: under 16 → 20
          4 more places not shown

        Types
                 count      bytes  type
          grown    +90  +4.22 KiB  Shop.Order
            new     +5     +120 B  Shop.Line
           less     -1      -24 B  Shop.View
           gone     -2      -48 B  Shop.Old
          2 more types not shown

        Paths
                 count      bytes  path
          grown    +90  +4.22 KiB  static field Shop.store → Shop.Store → orders: Shop.Order
          3 more paths not shown

        """,
        () => DiffText.Write(Samples.Diff));

    [Fact]
    public void Diff_OnlyMoreElements_IsNotNothing() => Text.AssertUnderEveryCulture(
        """
        What changed
          before.limpet: 100 reachable objects, 3.91 KiB
          before.limpet: 100 reachable objects, 3.91 KiB

        What holds more, without more objects
          +9,500 elements of System.Collections.Generic.List<double> in static field Shop.Log.durations: 500 → 10,000

        """,
        () => DiffText.Write(Samples.Diff with { Heaps = [Samples.Diff.Heaps[0], Samples.Diff.Heaps[0]], Contents = [Samples.Diff.Contents[0]], Containers = [], Types = [], Paths = [], OmittedContainers = 0, OmittedContents = 0, OmittedTypes = 0, OmittedPaths = 0 }));

    [Fact]
    public void Diff_NoChange_SaysSo() => Text.AssertUnderEveryCulture(
        """
        What came between the first two and is still there
          before.limpet: 100 reachable objects, 3.91 KiB
          before.limpet: 100 reachable objects, 3.91 KiB
          before.limpet: 100 reachable objects, 3.91 KiB

        Nothing that came is still there.

        """,
        () => DiffText.Write(Samples.Diff with { Heaps = [Samples.Diff.Heaps[0], Samples.Diff.Heaps[0], Samples.Diff.Heaps[0]], Containers = [], Contents = [], Types = [], Paths = [], OmittedContainers = 0, OmittedContents = 0, OmittedTypes = 0, OmittedPaths = 0 }));
}
