using System.Collections.Immutable;
using Limpet.Heap.Inspection;
using Limpet.Results;

namespace Limpet.Heap.Tests.Inspection;

public sealed class HeapInspectorTests
{
    [Fact]
    public void Inspect_ListOfThousands_IsOneSuspectWithItsFieldAndPlace()
    {
        HeapContents contents = Inspect(h => h.Static("Shop.Program.store").To(Store(h, 5000)));

        HeapSuspect suspect = Assert.Single(contents.Suspects);
        Assert.Equal((SuspectKind.ManyAlike, "Shop.Order", 5000, "field Shop.Store.orders", "System.Collections.Generic.List<Shop.Order>", "Shop.Order[]"), (suspect.Kind, suspect.Subject, suspect.Count, suspect.Container, suspect.ContainerType, suspect.PointType));
        Assert.Equal(5000 * 48, suspect.Retained.Bytes);
        Assert.InRange(suspect.Share, 0.99, 1);
        Assert.Equal(LeakingStatus.Unknown, suspect.Leaking);
        Assert.Equal(
            """
            StaticField Shop.Program.store
              Shop.Store → orders
              System.Collections.Generic.List<Shop.Order> → list element
              Shop.Order
            """,
            TraceText.Of(suspect.Holder));
    }

    [Fact]
    public void Inspect_ListBelowAThousandInALargeHeap_IsNoSuspect()
    {
        HeapContents contents = Inspect(h =>
        {
            h.Static("Shop.Program.store").To(Store(h, 999));
            h.Static("Shop.Program.page").To(h.Object("Shop.Page", ("bytes", h.Object("System.Byte[]").Sized(8_000_000))));
        });

        Assert.Equal(["byte[]"], contents.Suspects.Select(suspect => suspect.Subject));
    }

    [Fact]
    public void Inspect_ManySpreadOverManyHolders_IsNoSuspect()
    {
        HeapContents contents = Inspect(h =>
        {
            for (int store = 0; store < 20; store++)
            {
                h.Static($"Shop.Program.store{store}").To(Store(h, 100));
            }
        });

        Assert.DoesNotContain(contents.Suspects, suspect => suspect.Kind == SuspectKind.ManyAlike);
    }

    [Fact]
    public void Inspect_LinkedListOfThousands_IsHeldByTheList()
    {
        HeapContents contents = Inspect(h =>
        {
            HeapObject? next = null;
            for (int node = 0; node < 2000; node++)
            {
                next = next is null ? h.Object("Shop.Node") : h.Object("Shop.Node", ("next", next));
            }

            h.Static("Shop.Program.log").To(h.Object("Shop.Log", ("first", next!)));
        });

        HeapSuspect suspect = Assert.Single(contents.Suspects);
        Assert.Equal((SuspectKind.ManyAlike, 2000, "field Shop.Log.first", "Shop.Log"), (suspect.Kind, suspect.Count, suspect.Container, suspect.PointType));
        Assert.Equal(2000 * 24, suspect.Retained.Bytes);
    }

    [Fact]
    public void Inspect_LargeArrayBehindThreeHolders_IsToldOnceAndNotItsHolders()
    {
        HeapContents contents = Inspect(h => h.Static("Shop.Program.cache").To(
            h.Object("Shop.Cache", ("page", h.Object("Shop.Page", ("buffer", h.Object("Shop.Buffer", ("bytes", h.Object("System.Byte[]").Sized(1_000_000)))))))));

        HeapSuspect suspect = Assert.Single(contents.Suspects);
        Assert.Equal((SuspectKind.LargeDominator, "byte[]", "field Shop.Buffer.bytes"), (suspect.Kind, suspect.Subject, suspect.Container));
    }

    [Fact]
    public void Inspect_HolderOfManySmallThings_IsTheSuspectAndSaysWhatItKeepsMostOf()
    {
        HeapContents contents = Inspect(h =>
        {
            HeapObject session = h.Object("Shop.Session");
            for (int part = 0; part < 200; part++)
            {
                session.Set($"part{part}", h.Object($"Shop.Part{part % 3}").Sized(24 + (part % 3 * 80)));
            }

            h.Static("Shop.Program.session").To(session);
        });

        HeapSuspect suspect = Assert.Single(contents.Suspects);
        Assert.Equal(("Shop.Session", "Shop.Part2"), (suspect.Subject, suspect.Mostly[0].Name));
    }

    [Fact]
    public void Inspect_BoundedCacheOfTheFramework_IsShownAsWhatItIs()
    {
        HeapContents contents = Inspect(h => h.Static("System.Buffers.SharedArrayPool.s_shared").To(
            h.Object("System.Buffers.SharedArrayPool<System.Byte>", ("_buckets", h.Object("System.Byte[]").Sized(1_000_000)))));

        HeapSuspect suspect = Assert.Single(contents.Suspects);
        Assert.Equal(LeakingStatus.No, suspect.Leaking);
        Assert.StartsWith("ArrayPool.Shared", suspect.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_TableOfLiterals_IsExpected()
    {
        HeapContents contents = Inspect(h => h.Root(RootKind.RuntimeTable, "").To(
            h.Array("System.Object[]", [.. Enumerable.Range(0, 1500).Select(_ => h.Object("System.String"))])));

        Assert.Equal(LeakingStatus.No, Assert.Single(contents.Suspects).Leaking);
    }

    [Fact]
    public void Inspect_Types_HaveCountOwnAndRetainedBytesInTheOrderAskedFor()
    {
        static void Describe(Heap h)
        {
            h.Static("Shop.a").To(h.Object("Shop.Holder", ("page", h.Object("Shop.Page").Sized(1000))));
            h.Static("Shop.b").To(h.Object("Shop.Point"));
            h.Static("Shop.c").To(h.Object("Shop.Point"));
            h.Object("Shop.Garbage").Sized(9000);
        }

        string[] ByOrder(TypeOrder order) => [.. Inspect(Describe, new InspectionOptions { Sort = order }).Types.Select(type => type.Type)];

        Assert.Equal(["Shop.Holder", "Shop.Page", "Shop.Point"], ByOrder(TypeOrder.Retained));
        Assert.Equal(["Shop.Page", "Shop.Point", "Shop.Holder"], ByOrder(TypeOrder.Bytes));
        Assert.Equal(["Shop.Point", "Shop.Holder", "Shop.Page"], ByOrder(TypeOrder.Count));
        Assert.Equal(new TypeUse("Shop.Holder", 1, new ByteSize(24), new ByteSize(1024)), Inspect(Describe).Types[0]);
    }

    [Fact]
    public void Inspect_TypeAskedFor_ListsThoseAndCountsTheOthersLeftOut()
    {
        HeapContents contents = Inspect(
            h => h.Static("Shop.a").To(h.Object("Shop.Order", ("line", h.Object("Shop.OrderLine")), ("x", h.Object("Other")))),
            new InspectionOptions { Type = "order", Top = 1 });

        Assert.Equal(["Shop.Order"], contents.Types.Select(type => type.Type));
        Assert.Equal(1, contents.OmittedTypes);
    }

    [Fact]
    public void Inspect_TypeThatIsNotThere_SaysWhichAreNear()
    {
        LimpetException exception = Assert.Throws<LimpetException>(() => Inspect(
            h => h.Static("Shop.a").To(h.Object("Shop.Order")),
            new InspectionOptions { Type = "Ordr" }));
        Assert.Equal("No object has the type 'Ordr'. Near it: Shop.Order.", exception.Message);
    }

    [Fact]
    public void Inspect_Garbage_IsCountedApartAndInNoType()
    {
        HeapContents contents = Inspect(h =>
        {
            h.Static("Shop.a").To(h.Object("Shop.Order"));
            h.Object("Shop.Old").Sized(200);
        });

        Assert.Equal([new HeapArea("Gen2", 1, 1, new ByteSize(24), 1, new ByteSize(200), default)], contents.Generations);
        Assert.Equal((1, 24), (contents.Objects, contents.Bytes.Bytes));
        Assert.DoesNotContain(contents.Types, type => type.Type == "Shop.Old");
    }

    [Fact]
    public void Inspect_PendingOperations_AreGroupedByWhatTheyAwaitWithTheirRoots()
    {
        const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1+AsyncStateMachineBox`1[[System.Threading.Tasks.VoidTaskResult],[Shop.OrderService+<Start>d__7]]";
        HeapContents contents = Inspect(h =>
        {
            for (int at = 0; at < 3; at++)
            {
                HeapObject delay = h.Object("System.Threading.Tasks.Task+DelayPromise");
                h.Static("Shop.Service.running").To(h.Object(Box, ("StateMachine.<>u__1.m_task", delay)));
            }

            h.Static("Shop.Service.done").To(h.Object(Box).With(FactKind.TaskState, 0x1000000));
        });

        PendingOperationGroup group = Assert.Single(contents.PendingOperations);
        Assert.Equal(("Task.Delay", 3), (group.Awaits, group.Count));
        Assert.Equal([new NamedTally("async OrderService.Start()", 3)], group.Operations);
        Assert.Equal([new RootTally(new TraceRoot("StaticField", "Shop.Service.running"), 3)], group.Roots);
    }

    [Fact]
    public void Inspect_Timers_AreGroupedByWhatTheyCallAndWhen()
    {
        HeapContents contents = Inspect(h =>
        {
            h.Derives("System.Threading.Tasks.Task+DelayPromise", "System.Threading.Tasks.Task");
            HeapObject queue = h.Object("System.Threading.TimerQueue").With(FactKind.ActiveTimers, 3);
            for (int at = 0; at < 2; at++)
            {
                queue.Set($"t{at}", h.Object("System.Threading.TimerQueueTimer", ("_timerCallback", h.Delegate("System.Threading.TimerCallback", h.Object("Shop.Ticker"), "Shop.Ticker::Tick"))).With(FactKind.TimerPeriod, 5000));
            }

            queue.Set("t2", h.Object("System.Threading.TimerQueueTimer", ("_state", h.Object("System.Threading.Tasks.Task+DelayPromise"))));
            h.Static("System.Threading.TimerQueue.Instances").To(queue);
        });

        Assert.Equal([new TimerGroup("Ticker.Tick", "every 5 s", 2), new TimerGroup("Task.Delay", null, 1)], contents.Timers);
        Assert.Equal(3, contents.ActiveTimers);
    }

    [Fact]
    public void Inspect_FinalizerQueue_IsByTypeWithWhatItKeeps()
    {
        HeapContents contents = Inspect(h =>
        {
            h.Root(RootKind.FinalizerQueue, "").To(h.Object("Shop.File", ("buffer", h.Object("System.Byte[]").Sized(400))));
            h.Root(RootKind.FinalizerQueue, "").To(h.Object("Shop.File"));
        });

        Assert.Equal([new TypeUse("Shop.File", 2, new ByteSize(48), new ByteSize(448))], contents.FinalizerQueue);
        Assert.Equal([new NamedTally("FinalizerQueue", 2)], contents.Roots);
    }

    [Fact]
    public void Inspect_Threads_HaveWhatOnlyTheirStacksHold()
    {
        HeapContents contents = Inspect(h =>
        {
            HeapObject shared = h.Object("Shop.Shared").Sized(800);
            h.Static("Shop.shared").To(shared);
            h.Stack("System.Threading.Thread.StartCallback", 7).To(h.Object("System.Object"));
            h.Stack("Shop.Worker.Run", 7).To(h.Object("Shop.Job", ("shared", shared), ("page", h.Object("Shop.Page").Sized(400))));
            h.Stack("Shop.Program.Main", 1).To(shared);
        });

        Assert.Equal(["7: 2 roots, 3 objects, 448, Shop.Worker.Run", "1: 1 roots, 0 objects, 0, Shop.Program.Main"], contents.Threads.Select(thread => $"{thread.ThreadId}: {thread.Roots} roots, {thread.Objects} objects, {thread.Bytes.Bytes}, {thread.Methods[0]}"));
    }

    [Fact]
    public void Inspect_LargeArrayOfReferences_SaysHowFullItIs()
    {
        HeapContents contents = Inspect(h => h.Static("Shop.Store.slots").To(
            h.Array("Shop.Order[]", [.. Enumerable.Range(0, 300).Select(_ => h.Object("Shop.Order"))]).Sized(24 + (8 * 12_000))));

        LargeArray array = Assert.Single(contents.LargeArrays);
        Assert.Equal(("Shop.Order[]", "static field Shop.Store.slots", 12_000, 300), (array.Type, array.Container, array.Length, array.Filled));
    }

    [Fact]
    public void Inspect_LargeArrayWithoutAnyElement_SaysSoWhereTheSourceKnowsThatItIsOfReferences()
    {
        HeapContents contents = Inspect(h =>
        {
            h.Derives("Shop.Order[]", "System.Array", "System.Object");
            h.Derives("System.Int64[]", "System.Array", "System.Object");
            h.Static("Shop.Store.slots").To(h.Array("Shop.Order[]").Sized(24 + (8 * 13_000)));
            h.Static("Shop.Store.numbers").To(h.Numbers("System.Int64[]").Sized(24 + (8 * 12_000)));
            h.Static("Shop.Store.unknown").To(h.Array("Shop.Line[]").Sized(24 + (8 * 11_000)));
        });

        Assert.Equal([("Shop.Order[]", 13_000L, 0L), ("long[]", null, null), ("Shop.Line[]", (long?)null, (long?)null)], contents.LargeArrays.Select(array => (array.Type, array.Length, array.Filled)));
    }

    [Theory]
    [InlineData(true, 4_999L, 300L)]
    [InlineData(false, null, null)]
    public void Inspect_EntriesOfADictionary_SayHowManyOfTheCapacityAreInUse(bool hasReferences, long? capacity, long? used)
    {
        const string Entries = "System.Collections.Generic.Dictionary<System.String, Shop.Order>+Entry[]";
        HeapContents contents = Inspect(h =>
        {
            // Of some entries the value is null.
            (string, HeapObject)[] held = [.. Enumerable.Range(0, 300).Select(key => ("key", h.Object("Shop.Key"))), .. Enumerable.Range(0, 200).Select(value => ("value", h.Object("Shop.Order")))];
            h.Static("Shop.Store.orders").To(h.Object(
                "System.Collections.Generic.Dictionary<System.String, Shop.Order>",
                ("_buckets", h.Numbers("System.Int32[]").Sized(24 + (4 * 5_000))),
                ("_entries", (hasReferences ? h.Structs(Entries, held) : h.Numbers(Entries)).Sized(24 + (24 * 5_000)))));
        });

        LargeArray array = Assert.Single(contents.LargeArrays);
        Assert.Equal((capacity, used), (array.Length, array.Filled));
    }

    [Fact]
    public void Inspect_Collections_AreToldByTheirNumberOfElementsFullestFirst()
    {
        HeapContents contents = Inspect(
            h =>
            {
                HeapObject shared = h.Numbers("System.Int64[]").Sized(10_000);
                h.Static("Shop.Log.all").To(shared);
                h.Static("Shop.Log.durations").To(Counted(h, "System.Collections.Generic.List<System.Double>", 90, ("_items", h.Numbers("System.Double[]").Sized(1_048)), ("_other", shared)).Sized(32));
                h.Static("Shop.Store.orders").To(Counted(h, "System.Collections.Generic.List<Shop.Order>", 2, ("_items", h.Array("Shop.Order[]", h.Object("Shop.Order").Sized(500), h.Object("Shop.Order").Sized(500)))));
                h.Static("Shop.Store.lanes").To(h.Array("System.Object[]", Counted(h, "System.Collections.Generic.Queue<System.Int32>", 16), Counted(h, "System.Collections.Generic.Queue<System.Int32>", 300)));
                h.Static("Shop.Log.numbers").To(h.Object(
                    "System.Collections.Concurrent.ConcurrentQueue<System.Int64>",
                    ("_head", Counted(h, Segment, 60, ("_slots", h.Numbers("System.Int64[]").Sized(2_000))).Sized(104)),
                    ("_tail", Counted(h, Segment, 50, ("_slots", h.Numbers("System.Int64[]").Sized(3_000))).Sized(104))).Sized(40));
                h.Static("Shop.Log.few").To(h.Object("System.Collections.Concurrent.ConcurrentQueue<System.Int64>", ("_head", Counted(h, Segment, 3))));
                Counted(h, "System.Collections.Generic.List<System.Double>", 1_000_000);
            },
            new InspectionOptions { Top = 3 });

        Assert.Equal(
            """
            300 System.Collections.Generic.Queue<int> 24 24 static field Shop.Store.lanes
            110 System.Collections.Concurrent.ConcurrentQueue<long> 5248 5248 static field Shop.Log.numbers
            90 System.Collections.Generic.List<double> 1080 1080 static field Shop.Log.durations
            """,
            string.Join('\n', contents.Collections.Select(found => $"{found.Elements} {found.Type} {found.Bytes.Bytes} {found.Retained.Bytes} {found.Container}")));
        Assert.Equal(1, contents.OmittedCollections);
    }

    [Fact]
    public void Inspect_SourceThatDoesNotTellElements_HasNoCollections() =>
        Assert.Empty(Inspect(h => h.Static("Shop.Log.durations").To(h.Object("System.Collections.Generic.List<System.Double>"))).Collections);

    [Fact]
    public void Inspect_CycleThatNothingHolds_IsGarbageAndNoLeak()
    {
        HeapContents contents = Inspect(h =>
        {
            HeapObject parent = h.Object("Shop.Parent");
            parent.Set("child", h.Object("Shop.Child", ("parent", parent)));
            h.Static("Shop.a").To(h.Object("Shop.Order"));
        });

        CycleGroup cycle = Assert.Single(contents.Components);
        Assert.Equal((2, 1, false), (cycle.Objects, cycle.MutualPairs, cycle.Rooted));
    }

    [Fact]
    public void Inspect_EmptyHeap_IsEmpty()
    {
        HeapContents contents = Inspect(h => h.Object("Shop.Garbage"));

        Assert.Equal(0, contents.Objects);
        Assert.Empty(contents.Suspects);
        Assert.Empty(contents.Types);
    }

    [Fact]
    public void Inspect_LinkedListOfFiveMillion_IsOneSuspect()
    {
        using HeapGraph graph = LargeHeaps.List(LargeHeaps.Nodes);

        HeapContents contents = HeapInspector.Inspect(graph, null, new InspectionOptions(), TestContext.Current.CancellationToken);

        HeapSuspect suspect = Assert.Single(contents.Suspects);
        Assert.Equal((LargeHeaps.Nodes, LargeHeaps.Nodes * 24L), (suspect.Count, suspect.Retained.Bytes));
    }

    private static HeapObject Store(Heap h, int orders) => h.Object(
        "Shop.Store",
        ("orders", h.Object("System.Collections.Generic.List<Shop.Order>", ("_items", h.Array("Shop.Order[]", [.. Enumerable.Range(0, orders).Select(_ => h.Object("Shop.Order").Sized(48))])))));

    private const string Segment = "System.Collections.Concurrent.ConcurrentQueueSegment<System.Int64>";

    private static HeapObject Counted(Heap h, string type, int elements, params (string, HeapObject)[] fields) => h.Object(type, fields).With(FactKind.Elements, (ulong)elements);

    private static HeapContents Inspect(Action<Heap> describe, InspectionOptions? options = null)
    {
        using HeapGraph graph = Heap.Of(describe);
        return HeapInspector.Inspect(graph, null, options ?? new InspectionOptions(), TestContext.Current.CancellationToken);
    }
}
