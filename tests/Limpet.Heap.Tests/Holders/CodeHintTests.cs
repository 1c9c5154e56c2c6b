using Limpet.Heap.Code;
using Limpet.Heap.Paths;
using Limpet.Heap.Tests.Growth;
using Limpet.Results;

namespace Limpet.Heap.Tests.Holders;

public sealed class CodeHintTests
{
    [Fact]
    public void Hint_OfAnEvent_NamesTheStatementThatSubscribes()
    {
        KnownCode code = new KnownCode()
            .Uses("Shop.OrderView::OnChanged", "Shop.OrderView::.ctor", "Shop.Bus::add_Changed", 42)
            .Uses("Shop.OrderView::OnChanged", "Shop.OrderView::Close", "Shop.Bus::remove_Changed", 50)
            .Uses("Shop.OrderView::OnChanged", "Shop.OrderView::Other", "Shop.Other::add_Closed", 60);

        ExplainedTrace trace = TraceOf(Subscribers, code);

        Assert.Equal("OrderView..ctor (Shop.cs:42) subscribes Bus.Changed; remove the handler (Bus.Changed -= …) when the OrderView is done", trace.Hint);
        Assert.Equal(new SourceLine("Shop.cs", 42), trace.Source);
    }

    [Fact]
    public void Hint_OfAHandlerThatSeveralSubscribe_NamesThoseOfItsOwnType()
    {
        KnownCode code = new KnownCode()
            .Uses("Shop.OrderView::OnChanged", "Shop.Router::Wire", "Shop.Bus::add_Changed", 7)
            .Uses("Shop.OrderView::OnChanged", "Shop.OrderView+<OpenAsync>d__3::MoveNext", "Shop.Bus::add_Changed", 42);

        Assert.StartsWith("OrderView.OpenAsync (Shop.cs:42) subscribes Bus.Changed;", TraceOf(Subscribers, code).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Router.Wire0 (Shop.cs:10) and Router.Wire1 (Shop.cs:11) subscribe Bus.Changed;")]
    [InlineData(3, "Router.Wire0 (Shop.cs:10), Router.Wire1 (Shop.cs:11) and Router.Wire2 (Shop.cs:12) subscribe Bus.Changed;")]
    [InlineData(5, "Router.Wire0 (Shop.cs:10), Router.Wire1 (Shop.cs:11), Router.Wire2 (Shop.cs:12) and 2 more subscribe Bus.Changed;")]
    public void Hint_WhereSeveralMayBeMeant_NamesThreeAndPicksNone(int subscribers, string expected)
    {
        KnownCode code = new();
        for (int index = 0; index < subscribers; index++)
        {
            code.Uses("Shop.OrderView::OnChanged", $"Shop.Router::Wire{index}", "Shop.Bus::add_Changed", 10 + index);
        }

        ExplainedTrace trace = TraceOf(Subscribers, code);

        Assert.StartsWith(expected, trace.Hint, StringComparison.Ordinal);
        Assert.Null(trace.Source);
    }

    [Fact]
    public void Hint_OfAnEventThatNoCodeSubscribes_NamesTheHandlerAndItsLine() => Assert.Equal(
        "OrderView.OnChanged (Shop.cs:61) is subscribed to Bus.Changed; remove the handler (Bus.Changed -= …) when the OrderView is done",
        TraceOf(Subscribers, new KnownCode().Line("Shop.OrderView::OnChanged", 61)).Hint);

    [Fact]
    public void Hint_OfACache_NamesTheStatementThatAdds()
    {
        KnownCode code = new KnownCode()
            .Uses("Shop.StoreBase::orders", "Shop.StoreBase::Add", "System.Collections.Generic.Dictionary::set_Item", 17)
            .Uses("Shop.StoreBase::orders", "Shop.StoreBase::Find", "System.Collections.Generic.Dictionary::TryGetValue", 20);

        ExplainedTrace trace = TraceOf(Cache("Shop.StoreBase"), code);

        Assert.Equal("StoreBase.Add (Shop.cs:17) adds to StoreBase.orders; remove the entry when the Order is done", trace.Hint);
        Assert.Equal(17, trace.Source?.Line);
    }

    /// <summary>Where nothing is judged, as for `why`, the object is what is in the inner list: to leave that is not to leave the outer one.</summary>
    [Fact]
    public void Hint_OfAListInAList_NamesTheStatementThatAddsToTheInnerOne()
    {
        HeapObject? line = null;
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.Store.orders").To(h.Object("System.Collections.Generic.List<Shop.Order>", ("_items", h.Array("Shop.Order[]", h.Object(
            "Shop.Order", ("lines", h.Object("System.Collections.Generic.List<Shop.Line>", ("_items", h.Array("Shop.Line[]", line = h.Object("Shop.Line")))))))))));
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);
        KnownCode code = new KnownCode()
            .Uses("Shop.Store::orders", "Shop.Store::Take", "System.Collections.Generic.List::Add", 7)
            .Uses("Shop.Order::lines", "Shop.Order::AddLine", "System.Collections.Generic.List::Add", 9);

        ExplainedTrace trace = new TraceBuilder(merged, code).Build(line!.Node, _ => new TraceStatus(LeakingStatus.Unknown, ""))!;

        Assert.Equal("Order.AddLine (Shop.cs:9) adds to Order.lines; remove the entry when the Line is done", trace.Hint);
    }

    /// <summary>A root is named as in the source, and what stands in the metadata is the field behind the property.</summary>
    [Fact]
    public void Hint_OfACollectionInAStaticProperty_NamesTheStatementThatAdds()
    {
        HeapObject? order = null;
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.Store.Orders").To(h.Object("System.Collections.Generic.List<Shop.Order>", ("_items", h.Array("Shop.Order[]", order = h.Object("Shop.Order"))))));
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);
        KnownCode code = new KnownCode().Uses("Shop.Store::<Orders>k__BackingField", "Shop.Store::Take", "System.Collections.Generic.List::Add", 7);

        Assert.Equal("Store.Take (Shop.cs:7) adds to Store.Orders; remove the entry when the Order is done", new TraceBuilder(merged, code).Build(order!.Node, _ => new TraceStatus(LeakingStatus.Unknown, ""))!.Hint);
    }

    [Theory]
    [InlineData("System.Text.StringBuilder", "AppendLine")]
    [InlineData("System.IO.MemoryStream", "Write")]
    public void Hint_OfABufferThatFills_NamesTheStatementThatWrites(string type, string member)
    {
        HeapObject? content = null;
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.Desk.notes").To(h.Object(type, ("inner", content = h.Numbers("System.Byte[]")))));
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);
        KnownCode code = new KnownCode().Uses("Shop.Desk::notes", "Shop.Desk::Note", $"{type}::{member}", 7).Uses("Shop.Desk::notes", "Shop.Desk::Show", $"{type}::ToString", 9);

        ExplainedTrace trace = new TraceBuilder(merged, code) { OfContents = true }.Build(
            content!.Node, step => new TraceStatus(step.Type == type ? LeakingStatus.No : LeakingStatus.Yes, "80 more per operation"))!;

        Assert.Equal("Desk.Note (Shop.cs:7) adds to Desk.notes; take out what is no longer needed", trace.Hint);
    }

    [Fact]
    public void Hint_OfACacheThatOnlyIsRead_IsNone() => Assert.Null(
        TraceOf(Cache("Shop.StoreBase"), new KnownCode().Uses("Shop.StoreBase::orders", "Shop.StoreBase::Find", "System.Collections.Generic.Dictionary::TryGetValue", 20)).Hint);

    [Fact]
    public void Hint_OfATimerWhoseStateIsHeld_NamesTheStatementThatMakesIt()
    {
        KnownCode code = new KnownCode().Uses("Shop.Watch::Tick", "Shop.Watch::Start", "System.Threading.Timer::.ctor", 9);

        ExplainedTrace trace = TraceOf(
            (h, operations) =>
            {
                HeapObject callback = h.Delegate("System.Threading.TimerCallback", h.Object("Shop.Watch"), "Shop.Watch::Tick");
                h.Static("System.Threading.TimerQueue.Instances").To(h.Array("System.Threading.TimerQueue[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object(
                    "System.Threading.TimerQueueTimer",
                    ("_timerCallback", callback),
                    ("_state", h.Object("Shop.Order"))))]));
            },
            code);

        Assert.Equal("Watch.Start (Shop.cs:9) creates a timer with Watch.Tick; dispose the timer when the Order is done", trace.Hint);
    }

    [Theory]
    [InlineData("System.Threading.Tasks.ContinuationTaskFromTask")]
    [InlineData("System.Threading.Tasks.ContinuationResultTaskFromResultTask<System.Int32, System.String>")]
    public void Hint_OfAContinuation_NamesTheStatementThatContinues(string continuation) => Assert.Equal(
        "Desk.Follow (Shop.cs:4) continues a task with Desk.OnStopped; cancel the continuation, or complete the task, when the Order is done",
        TraceOf(
            (h, operations) =>
            {
                HeapObject body = h.Delegate("System.Action<System.Threading.Tasks.Task>", h.Object("Shop.Desk"), "Shop.Desk::OnStopped");
                h.Static("Shop.Program.stopped").To(h.Object("System.Threading.Tasks.Task", ("m_continuationObject", h.Object(
                    "System.Collections.Generic.List<System.Object>",
                    ("_items", h.Array("System.Object[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object(
                        "System.Threading.Tasks.ContinueWithTaskContinuation",
                        ("m_task", h.Object(continuation, ("m_action", body), ("m_stateObject", h.Object("Shop.Order"))))))]))))));
            },
            new KnownCode().Uses("Shop.Desk::OnStopped", "Shop.Desk::Follow", "System.Threading.Tasks.Task::ContinueWith", 4)).Hint);

    [Theory]
    [InlineData("System.Collections.Immutable.ImmutableInterlocked", "TryAdd", true)]
    [InlineData("System.Collections.Immutable.ImmutableInterlocked", "Update", false)]
    [InlineData("System.Collections.Immutable.ImmutableInterlocked", "TryRemove", false)]
    [InlineData("System.Threading.Volatile", "Write", false)]
    [InlineData("System.Threading.Interlocked", "Exchange", false)]
    public void Hint_OfAFieldThatIsHandedOverByReference_IsWhatAddsToIt(string taker, string member, bool adds) => Assert.Equal(
        adds ? "StoreBase.Add (Shop.cs:3) adds to StoreBase.orders; remove the entry when the Order is done" : null,
        TraceOf(Cache("Shop.StoreBase"), new KnownCode().Uses("Shop.StoreBase::orders", "Shop.StoreBase::Add", $"{taker}::{member}", 3)).Hint);

    [Fact]
    public void Hint_OfADelegateGivenToAMethod_NamesIt() => Assert.Equal(
        "Job.Start (Shop.cs:5) passes Job.Run to Scheduler.Every; take it back when the Job is done",
        TraceOf(
            (h, operations) => h.Static("Shop.Scheduler.jobs").To(h.Array("System.Action[]", [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.Action", h.Object("Shop.Job"), "Shop.Job::Run"))])),
            new KnownCode().Uses("Shop.Job::Run", "Shop.Job::Start", "Shop.Scheduler::Every", 5)).Hint);

    [Theory]
    [InlineData("Microsoft.Extensions.Options.OptionsMonitorExtensions", "OnChange")]
    [InlineData("Microsoft.Extensions.Primitives.IChangeToken", "RegisterChangeCallback")]
    public void Hint_OfADelegateWhoseTakerGivesARegistration_SaysToDisposeIt(string taker, string member) => Assert.Equal(
        $"Desk..ctor (Shop.cs:8) registers Desk.Follow with {taker[(taker.LastIndexOf('.') + 1)..]}.{member}; keep what {member} returns and dispose it when the Desk is done",
        TraceOf(
            (h, operations) => h.Static("Shop.Settings.listeners").To(h.Array("System.Action[]", [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.Action", h.Object("Shop.Desk"), "Shop.Desk::Follow"))])),
            new KnownCode().Uses("Shop.Desk::Follow", "Shop.Desk::.ctor", $"{taker}::{member}", 8)).Hint);

    [Fact]
    public void Hint_OfACollectionInsideALibrary_IsWhatIsKnownOfIt() => Assert.StartsWith(
        "create the contract resolver once and reuse it",
        TraceOf(
            Cache("Newtonsoft.Json.Utilities.ThreadSafeStore<System.Type, Shop.Order>"),
            new KnownCode().Uses("Newtonsoft.Json.Utilities.ThreadSafeStore<System.Type, Shop.Order>::orders", "Newtonsoft.Json.Utilities.ThreadSafeStore::Get", "System.Collections.Generic.Dictionary::set_Item")).Hint,
        StringComparison.Ordinal);

    [Fact]
    public void Hint_OfAStack_FollowsTheOnlyCallerToWhatStartsTheThread()
    {
        KnownCode code = new KnownCode()
            .Uses("call Shop.Worker::Work", "Shop.Worker::Run", "Shop.Worker::Work")
            .Uses("Shop.Worker::Run", "Shop.Pool::Start", "System.Threading.Thread::.ctor", 12)
            .Line("Shop.Worker::Work", 30);

        Assert.Equal(
            "Pool.Start (Shop.cs:12) starts a thread that holds it in Worker.Work (Shop.cs:30); let the thread end when the Order is done",
            StackTraceOf(code).Hint);
    }

    [Fact]
    public void Hint_OfAStackWithTwoCallers_IsNone()
    {
        KnownCode code = new KnownCode()
            .Uses("call Shop.Worker::Work", "Shop.Worker::Run", "Shop.Worker::Work")
            .Uses("call Shop.Worker::Work", "Shop.Program::Main", "Shop.Worker::Work")
            .Uses("Shop.Worker::Run", "Shop.Pool::Start", "System.Threading.Thread::.ctor", 12);

        Assert.Null(StackTraceOf(code).Hint);
    }

    [Fact]
    public void Trace_OfATypeWithAThousandArguments_IsShortAndHasItsWholeNameBeside()
    {
        string arguments = string.Join(", ", Enumerable.Repeat("System.String", 1000));
        string name = $"Shop.Tuple<{arguments}>";

        TraceElement element = TraceOf((h, operations) => h.Static("Shop.Program.all").To(h.Array("System.Object[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object(name))])), new KnownCode()).Trace.Path[^1];

        Assert.Equal("Shop.Tuple<string, string, string, … 997 more>", element.Type);
        Assert.Equal(name, element.FullType);
    }

    private static void Subscribers(Heap h, int operations) => h.Static("Shop.Bus.Changed").To(h.Multicast(
        "System.EventHandler",
        [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.EventHandler", h.Object("Shop.OrderView"), "Shop.OrderView::OnChanged"))]));

    private static Action<Heap, int> Cache(string store) => (h, operations) =>
    {
        HeapObject entries = h.Structs("System.Collections.Generic.Dictionary<System.Int32, Shop.Order>+Entry[]");
        for (int order = 0; order < operations; order++)
        {
            entries.Set("value", h.Object("Shop.Order"));
        }

        h.Static("Shop.Program.store").To(h.Object(store, ("orders", h.Object("System.Collections.Generic.Dictionary<System.Int32, Shop.Order>", ("_entries", entries)))));
    };

    private static ExplainedTrace StackTraceOf(ICodeFacts code)
    {
        HeapGraph graph = Heap.Of(h => h.Root(RootKind.Stack, "Worker.Work", new MethodName("Shop.Worker", "Work")).To(h.Object("Shop.Order")));
        using (graph)
        using (RetentionQuery query = RetentionQuery.Open(graph, code, TestContext.Current.CancellationToken))
        {
            return query.Ask("Shop.Order", 1, TestContext.Current.CancellationToken).Traces[0].Trace;
        }
    }

    private static ExplainedTrace TraceOf(Action<Heap, int> describe, ICodeFacts code) => Rounds.TraceOf(describe, code);
}
