using Limpet.Heap.Paths;
using Limpet.Heap.Tests.Growth;
using Limpet.Results;

namespace Limpet.Heap.Tests.Paths;

public sealed class TraceBuilderTests
{
    [Fact]
    public void Build_EventHandlers_ShowsHandlerAndHint() => AssertTrace(
        (h, operations) => h.Static("Shop.Bus.Changed").To(h.Multicast(
            "System.EventHandler",
            [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.EventHandler", h.Object("Shop.OrderView"), "Shop.OrderView::OnChanged"))])),
        """
        StaticField Shop.Bus.Changed
        ~ System.EventHandler → event handler OrderView.OnChanged, delegate target No: 1 object in every round
          Shop.OrderView Yes: +1.00 per operation in 8 of 8 rounds
        hint: OrderView.OnChanged is subscribed to Bus.Changed; remove the handler (Bus.Changed -= …) when the OrderView is done
        """);

    [Fact]
    public void Build_LambdaSubscribedInAConstructor_NamesItAndItsLine() => AssertTrace(
        (h, operations) => h.Static("Shop.Bus.Changed").To(h.Multicast(
            "System.EventHandler",
            [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.EventHandler", h.Object("Shop.OrderView"), "Shop.OrderView::<.ctor>b__2_0", new SourceLine("OrderView.cs", 42)))])),
        """
        StaticField Shop.Bus.Changed
        ~ System.EventHandler → event handler, lambda in OrderView..ctor capturing this No: 1 object in every round
          Shop.OrderView Yes: +1.00 per operation in 8 of 8 rounds
        hint: OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed with a lambda; keep the delegate and remove it (-=) when the OrderView is done
        """);

    [Fact]
    public void Build_EventOfALongLivedObject_ShowsHandlerAndHint() => AssertTrace(
        (h, operations) => h.Static("Shop.Program.feed").To(h.Object("Shop.PriceFeed", ("Changed", h.Multicast(
            "System.Action",
            [
                .. Enumerable.Range(0, operations).Select(_ => h.Delegate(
                    "System.Action",
                    h.Object("Shop.PriceFeed+<>c__DisplayClass4_0", ("<>4__this", h.Object("Shop.Stream"))),
                    "Shop.Endpoints+<>c__DisplayClass4_0::<Stream>b__0")),
            ])))),
        """
        StaticField Shop.Program.feed
          Shop.PriceFeed → event Changed No: 1 object in every round
        ~ System.Action → lambda in Endpoints.Stream capturing this No: 1 object in every round
          Shop.Stream Yes: +1.00 per operation in 8 of 8 rounds
        hint: Endpoints.Stream subscribes PriceFeed.Changed with a lambda; keep the delegate and remove it (-=) when the Stream is done
        """);

    [Fact]
    public void Build_HandlerThatHoldsOnlyAClosure_HintsAtTheSubscriber()
    {
        ExplainedTrace trace = Rounds.TraceOf((h, operations) => h.Static("Shop.Bus.Changed").To(h.Multicast(
            "System.EventHandler",
            [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.EventHandler", h.Object("Shop.View+<>c__DisplayClass1_0"), "Shop.View+<>c__DisplayClass1_0::<Open>b__0"))])));

        Assert.Equal("View.Open subscribes Bus.Changed with a lambda; keep the delegate and remove it (-=) when the subscriber is done", trace.Hint);
    }

    [Fact]
    public void Build_DelegatesInAList_HasNoHint() => AssertTrace(
        (h, operations) => h.Static("Shop.Program.jobs").To(h.Array(
            "System.Action[]",
            [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.Action", h.Object("Shop.Job"), "Shop.Job::Run"))])),
        """
        StaticField Shop.Program.jobs
        ~ System.Action[] → [x] No: 1 object in every round
          System.Action → delegate target of Job.Run Yes: +1.00 per operation in 8 of 8 rounds
          Shop.Job Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Build_HandlerWhoseMethodIsUnknown_HasNoHint() => AssertTrace(
        (h, operations) => h.Static("Shop.Bus.Changed").To(h.Multicast(
            "System.EventHandler<Shop.Args>",
            [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.EventHandler<Shop.Args>", h.Object("Shop.OrderView")))])),
        """
        StaticField Shop.Bus.Changed
        ~ System.EventHandler<Shop.Args> → event handler, delegate target No: 1 object in every round
          Shop.OrderView Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Build_CacheBehindAnInstance_SuspectsTheStepIntoTheGrowth() => AssertTrace(
        (h, operations) =>
        {
            HeapObject entries = h.Structs("System.Collections.Generic.Dictionary<System.Int32, Shop.Order>+Entry[]");
            for (int order = 0; order < operations; order++)
            {
                entries.Set("value", h.Object("Shop.Order"));
            }

            h.Static("Shop.Program.store").To(h.Object("Shop.Store", ("<Cache>k__BackingField", h.Object(
                "System.Collections.Generic.Dictionary<System.Int32, Shop.Order>", ("_entries", entries)))));
        },
        """
        StaticField Shop.Program.store
          Shop.Store → Cache No: 1 object in every round
        ~ System.Collections.Generic.Dictionary<int, Shop.Order> → dictionary entry (key int) No: 1 object in every round
          Shop.Order Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Build_SuspendedAsyncMethods_NamesMethodAndLocal() => AssertTrace(
        (h, operations) => h.Root(RootKind.ThreadStatic, "Shop.Gate.waiting").To(h.Object("System.Collections.Generic.List<System.Threading.Tasks.Task>", ("_items", h.Array(
            "System.Threading.Tasks.Task[]",
            [
                .. Enumerable.Range(0, operations).Select(_ => h.Object("System.Threading.Tasks.Task", ("m_continuationObject", h.Object(
                    "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Threading.Tasks.VoidTaskResult>+AsyncStateMachineBox<System.Threading.Gate+<WaitAsync>d__3>",
                    ("StateMachine.<view>5__2", h.Object("Shop.OrderView")))))),
            ])))),
        """
        ThreadStatic Shop.Gate.waiting
        ~ System.Collections.Generic.List<System.Threading.Tasks.Task> → list element No: 1 object in every round
          System.Threading.Tasks.Task → awaited by async Gate.WaitAsync() Yes: +1.00 per operation in 8 of 8 rounds
          async Gate.WaitAsync() → variable view of async Gate.WaitAsync() Yes: +1.00 per operation in 8 of 8 rounds, since the first round
          Shop.OrderView Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Build_ClosureInATimer_NamesTheCapturedVariable() => AssertTrace(
        (h, operations) => h.Static("System.Threading.TimerQueue.Instances").To(h.Array("System.Threading.TimerQueue[]", h.Object(
            "System.Threading.TimerQueue",
            ("_shortTimers", Timers(h, operations))))),
        """
        StaticField System.Threading.TimerQueue.Instances
        ~ timers of the process → timer callback No: 1 object in every round
          System.Threading.TimerCallback → lambda in OrderService.Start capturing order Yes: +1.00 per operation in 8 of 8 rounds
          Shop.Order Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Build_ConditionalWeakTable_SaysThatTheKeyKeepsTheValue() => AssertTrace(
        (h, operations) => h.Static("Shop.Program.keys").To(h.Array(
            "Shop.Key[]",
            [.. Enumerable.Range(0, 3).Select(_ => h.Object("Shop.Key").Set("(dependent)", h.Array("Shop.Tag[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Tag"))])))])),
        """
        StaticField Shop.Program.keys
          Shop.Key[] → [x] No: 1 object in every round
          Shop.Key → value of a ConditionalWeakTable, kept by its key No: 3 objects in every round
        ~ Shop.Tag[] → [x] No: 3 objects in every round
          Shop.Tag Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Build_RootHoldsWhatGrows_SuspectsNothingBetween() => AssertTrace(
        (h, operations) =>
        {
            for (int handle = 0; handle < operations; handle++)
            {
                h.Root(RootKind.PinnedHandle, "pinned").To(h.Object("Shop.Buffer", ("page", h.Object("Shop.Page"))));
            }
        },
        """
        PinnedHandle pinned
          Shop.Buffer Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Signature_SameLeakOfAnotherSize_IsTheSame()
    {
        static void Leak(Heap h, int operations, string field) => h.Static("Shop.all").To(h.Object(
            "Shop.Store", (field, h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]))));

        string signature = Rounds.TraceOf((h, operations) => Leak(h, operations, "orders")).Signature;

        Assert.Equal(signature, Rounds.TraceOf((h, operations) => Leak(h, operations * 3, "orders")).Signature);
        Assert.Matches("^[0-9a-f]{16}$", signature);
        Assert.NotEqual(signature, Rounds.TraceOf((h, operations) => h.Static("Shop.other").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]))).Signature);
    }

    [Theory]
    [InlineData("Shop.Desk+<>c__DisplayClass3_0", "Shop.Desk+<>c__DisplayClass17_2")]
    [InlineData("Shop.Desk+<Take>d__7", "Shop.Desk+<Take>d__12")]
    public void Signature_OfGeneratedNames_DoesNotRestOnTheirNumbers(string type, string renumbered)
    {
        static string SignatureOf(string type) => Rounds.TraceOf((h, operations) => h.Static($"{type}.<>9__3_0").To(h.Object(
            type, ("<all>5__2", h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]))))).Signature;

        Assert.Equal(SignatureOf(type), SignatureOf(renumbered));
    }

    [Fact]
    public void Signature_OfAHolder_DoesNotRestOnThePartGoneThrough()
    {
        static string SignatureOf(string part) => Rounds.TraceOf((h, operations) => h.Static("Shop.queue").To(h.Object(
            "System.Collections.Concurrent.SingleProducerSingleConsumerQueue<Shop.Order>",
            (part, h.Object(
                "System.Collections.Concurrent.SingleProducerSingleConsumerQueue<Shop.Order>+Segment",
                ("_array", h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]))))))).Signature;

        Assert.Equal(SignatureOf("_head"), SignatureOf("_tail"));
    }

    [Fact]
    public void Build_TypeThatIsCachedToo_ShowsTheWayThatGrows() => AssertTrace(
        (h, operations) =>
        {
            h.Static("Shop.Cache.orders").To(h.Object("System.Collections.Generic.List<Shop.Order>", ("_items", h.Array("Shop.Order[]", [.. Enumerable.Range(0, 500).Select(_ => h.Object("Shop.Order"))]))));
            h.Static("Shop.Audit.seen").To(h.Object("System.Collections.Generic.Queue<Shop.Order>", ("_array", h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]))));
        },
        """
        StaticField Shop.Audit.seen
        ~ System.Collections.Generic.Queue<Shop.Order> → queue element No: 1 object in every round
          Shop.Order Yes: +1.00 per operation in 8 of 8 rounds
        """);

    [Fact]
    public void Build_ALongCycleOfTwoTypes_IsAShortTrace()
    {
        HeapObject last = null!;
        using HeapGraph graph = Heap.Of(h =>
        {
            HeapObject made = last = h.Object("Shop.Order");
            for (int step = 0; step < 20_000; step++)
            {
                made = h.Object(step % 2 == 0 ? "Shop.Link" : "Shop.Step", ("next", made));
            }

            h.Static("Shop.first").To(made);
        });
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);

        ExplainedTrace trace = new TraceBuilder(merged).Build(last.Node, _ => default)!;

        Assert.InRange(trace.Trace.Path.Length, 3, 8);
        Assert.Contains(trace.Trace.Path, element => element.Detail?.EndsWith(" in a row)", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Build_UnreachableObject_IsNull()
    {
        HeapObject garbage = null!;
        using HeapGraph graph = Heap.Of(h => garbage = h.Object("Garbage"));
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);

        Assert.Null(new TraceBuilder(merged).Build(garbage.Node, _ => default));
    }

    private static HeapObject Timers(Heap h, int count)
    {
        HeapObject? first = null;
        for (int timer = 0; timer < count; timer++)
        {
            HeapObject made = h.Object("System.Threading.TimerQueueTimer", ("_timerCallback", h.Delegate(
                "System.Threading.TimerCallback",
                h.Object("Shop.OrderService+<>c__DisplayClass3_0", ("order", h.Object("Shop.Order"))),
                "Shop.OrderService+<>c__DisplayClass3_0::<Start>b__0")));
            first = first is null ? made : made.Set("_next", first);
        }

        return first!;
    }

    private static void AssertTrace(Action<Heap, int> describe, string expected) => Assert.Equal(expected, TraceText.Of(Rounds.TraceOf(describe)));
}
