using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests.Holders;

/// <summary>What the way through each kind of holder is called; the parts of the holder are no elements of the trace.</summary>
public sealed class HolderKindTests
{
    private const string Order = "Shop.Order";
    private const string Collections = "System.Collections.Generic.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Threading.Tasks.VoidTaskResult>+AsyncStateMachineBox<Shop.Gate+<EnterAsync>d__3>";
    private const string Task = "System.Threading.Tasks.Task";

    public static TheoryData<string, string[]> Collected => new()
    {
        { "list element", [$"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]"] },
        { "list element, field order", [$"{Collections}List<Shop.Line>", "_items", "Shop.Line[]", "[x].order"] },
        { "list element", ["System.Collections.ArrayList", "_items", "System.Object[]", "[x]"] },
        { "list element", ["System.Collections.ObjectModel.Collection<Shop.Order>", "items", $"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]"] },
        { "list element", ["System.Collections.ObjectModel.ReadOnlyCollection<Shop.Order>", "list", $"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]"] },
        { "linked list element", [$"{Collections}LinkedList<Shop.Order>", "head", $"{Collections}LinkedListNode<Shop.Order>", "item"] },
        { "queue element", [$"{Collections}Queue<Shop.Order>", "_array", "Shop.Order[]", "[x]"] },
        { "stack element", [$"{Collections}Stack<Shop.Order>", "_array", "Shop.Order[]", "[x]"] },
        { "priority queue element, field Item1", [$"{Collections}PriorityQueue<Shop.Order, System.Int32>", "_nodes", "System.ValueTuple<Shop.Order, System.Int32>[]", "[x].Item1"] },
        { "queue element", [$"{Concurrent}ConcurrentQueue<Shop.Order>", "_head", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>", "_slots", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item"] },
        { "stack element", [$"{Concurrent}ConcurrentStack<Shop.Order>", "_head", $"{Concurrent}ConcurrentStack<Shop.Order>+Node", "_value"] },
        { "bag element", [$"{Concurrent}ConcurrentBag<Shop.Order>", "_workStealingQueues", $"{Concurrent}ConcurrentBag<Shop.Order>+WorkStealingQueue", "_array", "Shop.Order[]", "[x]"] },
        { "queue element", [$"{Concurrent}BlockingCollection<Shop.Order>", "_collection", $"{Concurrent}ConcurrentQueue<Shop.Order>", "_head", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>", "_slots", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item"] },
        { "dictionary entry (key string)", [$"{Collections}Dictionary<System.String, Shop.Order>", "_entries", $"{Collections}Dictionary<System.String, Shop.Order>+Entry[]", "[x].value"] },
        { "dictionary entry (key Shop.Key<int>), field Item2", [$"{Collections}Dictionary<Shop.Key<System.Int32>, Shop.Line>", "_entries", $"{Collections}Dictionary<Shop.Key<System.Int32>, Shop.Line>+Entry[]", "[x].value.Item2"] },
        { "dictionary entry", [$"{Collections}Dictionary<System.__Canon, System.__Canon>", "_entries", $"{Collections}Dictionary<System.__Canon, System.__Canon>+Entry[]", "[x].value"] },
        { "key of a dictionary entry", [$"{Collections}Dictionary<Shop.Order, System.Int32>", "_entries", $"{Collections}Dictionary<Shop.Order, System.Int32>+Entry[]", "[x].key"] },
        {
            "dictionary entry (key System.Guid)",
            [
                $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>", "_tables", $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>+Tables", "_buckets",
                $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>+VolatileNode[]", "[x]._node", $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>+Node", "_value",
            ]
        },
        { "set element", [$"{Collections}HashSet<Shop.Order>", "_entries", $"{Collections}HashSet<Shop.Order>+Entry[]", "[x].Value"] },
        { "hashtable entry", ["System.Collections.Hashtable", "_buckets", "System.Collections.Hashtable+Bucket[]", "[x].val"] },
        { "sorted list entry (key int)", [$"{Collections}SortedList<System.Int32, Shop.Order>", "values", "Shop.Order[]", "[x]"] },
        { "sorted element", [$"{Collections}SortedSet<Shop.Order>", "root", $"{Collections}SortedSet<Shop.Order>+Node", "<Item>k__BackingField"] },
        {
            "sorted dictionary entry (key int)",
            [
                $"{Collections}SortedDictionary<System.Int32, Shop.Order>", "_set", $"{Collections}TreeSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>", "root",
                $"{Collections}SortedSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>+Node", "<Item>k__BackingField.value",
            ]
        },
        { "immutable list element", [$"{Immutable}ImmutableList<Shop.Order>", "_root", $"{Immutable}ImmutableList<Shop.Order>+Node", "_key"] },
        { "immutable dictionary entry (key int)", [$"{Immutable}ImmutableDictionary<System.Int32, Shop.Order>", "_root", $"{Immutable}SortedInt32KeyNode<{Immutable}ImmutableDictionary<System.Int32, Shop.Order>+HashBucket>", "_value._firstValue.value"] },
        { "immutable dictionary entry (key int)", [$"{Immutable}ImmutableSortedDictionary<System.Int32, Shop.Order>", "_root", $"{Immutable}ImmutableSortedDictionary<System.Int32, Shop.Order>+Node", "_value"] },
        { "immutable set element", [$"{Immutable}ImmutableHashSet<Shop.Order>", "_root", $"{Immutable}SortedInt32KeyNode<{Immutable}ImmutableHashSet<Shop.Order>+HashBucket>", "_value._firstValue"] },
        { "immutable stack element", [$"{Immutable}ImmutableQueue<Shop.Order>", "_forwards", $"{Immutable}ImmutableStack<Shop.Order>", "_head"] },
        { "frozen dictionary entry", ["System.Collections.Frozen.DefaultFrozenDictionary<System.String, Shop.Order>", "_values", "Shop.Order[]", "[x]"] },
        {
            "item that waits in the channel",
            [
                "System.Threading.Channels.UnboundedChannel<Shop.Order>", "_items", $"{Concurrent}ConcurrentQueue<Shop.Order>", "_head", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>", "_slots",
                $"{Concurrent}ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item",
            ]
        },
        { "value of a Lazy", ["System.Lazy<Shop.Order>", "_value"] },
        { "value that one thread has", ["System.Threading.ThreadLocal<Shop.Order>", "_linkedSlot", "System.Threading.ThreadLocal<Shop.Order>+LinkedSlot", "_value"] },
        { "value that one thread has in a ThreadLocal", ["System.Threading.ThreadLocal<Shop.Order>+LinkedSlotVolatile[]", "[x].Value", "System.Threading.ThreadLocal<Shop.Order>+LinkedSlot", "_value"] },
        { "value of an AsyncLocal", ["System.Threading.ExecutionContext", "m_localValues", "System.Threading.AsyncLocalValueMap+OneElementAsyncLocalValueMap", "_item0.value"] },
        { "argument that the thread was started with", ["System.Threading.Thread", "_startHelper", "System.Threading.Thread+StartHelper", "_startArg"] },
        { "work that waits for a thread of the pool", ["System.Threading.ThreadPoolWorkQueue", "workItems", $"{Concurrent}ConcurrentQueue<System.Object>", "_head", $"{Concurrent}ConcurrentQueueSegment<System.Object>", "_slots", $"{Concurrent}ConcurrentQueueSegment<System.Object>+Slot[]", "[x].Item"] },
        {
            "state of a callback registered with the token",
            [
                "System.Threading.CancellationTokenSource", "_registrations", "System.Threading.CancellationTokenSource+Registrations", "Callbacks",
                "System.Threading.CancellationTokenSource+CallbackNode", "CallbackState",
            ]
        },
        { "state of a timer", ["System.Threading.Timer", "_timer", "System.Threading.TimerHolder", "_timer", "System.Threading.TimerQueueTimer", "_state"] },
        {
            "cache entry",
            [
                "Microsoft.Extensions.Caching.Memory.MemoryCache", "_coherentState", "Microsoft.Extensions.Caching.Memory.MemoryCache+CoherentState", "_stringEntries",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>", "_tables",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>+Tables", "_buckets",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>+VolatileNode[]", "[x]._node",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>+Node", "_value",
                "Microsoft.Extensions.Caching.Memory.CacheEntry", "_value",
            ]
        },
        {
            "disposable that the root provider keeps until it is disposed",
            [
                "Microsoft.Extensions.DependencyInjection.ServiceProvider", "<Root>k__BackingField", "Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope", "_disposables",
                $"{Collections}List<System.Object>", "_items", "System.Object[]", "[x]",
            ]
        },
        {
            "disposable that a scope keeps until it is disposed",
            ["Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope", "_disposables", $"{Collections}List<System.Object>", "_items", "System.Object[]", "[x]"]
        },
        {
            "connection of the HttpClient",
            [
                "System.Net.Http.HttpClient", "_handler", "System.Net.Http.SocketsHttpHandler", "_handler", "System.Net.Http.HttpConnectionPoolManager", "_pools", $"{Concurrent}ConcurrentDictionary<System.Net.Http.HttpConnectionPoolManager+HttpConnectionKey, System.Net.Http.HttpConnectionPool>", "_x",
                "System.Net.Http.HttpConnectionPool", "_http11Connections", $"{Concurrent}ConcurrentStack<System.Net.Http.HttpConnection>", "_head", $"{Concurrent}ConcurrentStack<System.Net.Http.HttpConnection>+Node", "_value", "System.Net.Http.HttpConnection", "_stream",
            ]
        },
        {
            "subscriber of the subject",
            ["System.Reactive.Subjects.Subject<System.Int32>", "_observers", "System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable[]", "[x]", "System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable", "_observer"]
        },
        { "static field or handle of an unloadable assembly", ["System.Reflection.LoaderAllocator", "m_slots", "System.Object[]", "[x]"] },
    };

    [Theory]
    [MemberData(nameof(Collected))]
    public void Way_ThroughTheWholeHolder_IsOneElementInWords(string words, string[] way)
    {
        RetentionTrace trace = TraceOf(h =>
        {
            h.Derives($"{Collections}TreeSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>", $"{Collections}SortedSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>");
            h.Static("Shop.root").To(h.Chain([.. way, Order]));
        });

        Assert.Equal(words, trace.Path[^2].Meaning);
        Assert.Equal(2, trace.Path.Length);
        Assert.Equal(words, trace.Path[0].Meaning);
    }

    [Fact]
    public void Way_ThroughAUsersSubclass_IsThatOfItsBase()
    {
        const string Base = $"{Collections}List<Shop.Order>";
        AssertTrace(
            h =>
            {
                h.Derives("Shop.Orders", Base, "System.Object");
                return h.Chain("Shop.Orders", "_items", "Shop.Order[]", "[x]", Order);
            },
            """
              Shop.Orders → list element
              Shop.Order
            """);
    }

    [Fact]
    public void Way_ThatEndsAtAPart_ShowsThePart() => AssertTrace(
        h => h.Chain($"{Collections}Dictionary<System.Int32, Shop.Order>", "_entries", $"{Collections}Dictionary<System.Int32, Shop.Order>+Entry[]"),
        """
          System.Collections.Generic.Dictionary<int, Shop.Order> → dictionary entries (key int)
          System.Collections.Generic.Dictionary<int, Shop.Order>.Entry[]
        """,
        $"{Collections}Dictionary<int, Shop.Order>.Entry[]");

    [Fact]
    public void Way_ThroughAPartNobodyKnows_ShowsItAsItIs() => AssertTrace(
        h => h.Chain($"{Collections}Dictionary<System.Int32, Shop.Order>", "_entries", $"{Collections}Dictionary<System.Int32, Shop.Order>+Entry[]", "[x].later", Order),
        """
          System.Collections.Generic.Dictionary<int, Shop.Order> → dictionary entries (key int)
          System.Collections.Generic.Dictionary<int, Shop.Order>.Entry[] → [x].later
          Shop.Order
        """);

    [Fact]
    public void Way_ThroughAUsersTypeOfTheSameName_IsNotInvented() => AssertTrace(
        h => h.Chain("Shop.Dictionary", "_entries", Order),
        """
          Shop.Dictionary → _entries
          Shop.Order
        """);

    [Fact]
    public void Way_ThroughNestedDictionaries_HasOneElementForEach() => AssertTrace(
        h => h.Chain(
            $"{Collections}Dictionary<System.Int32, {Collections}List<Shop.Order>>", "_entries", $"{Collections}Dictionary<System.Int32, {Collections}List<Shop.Order>>+Entry[]", "[x].value",
            $"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]", Order),
        """
          System.Collections.Generic.Dictionary<int, System.Collections.Generic.List<Shop.Order>> → dictionary entry (key int)
          System.Collections.Generic.List<Shop.Order> → list element
          Shop.Order
        """);

    [Fact]
    public void Way_ThroughALookup_HasTheGroups() => AssertTrace(
        h => h.Chain("System.Linq.Lookup<System.Int32, Shop.Order>", "_groupings", "System.Linq.Grouping<System.Int32, Shop.Order>[]", "[x]", "System.Linq.Grouping<System.Int32, Shop.Order>", "_elements", "Shop.Order[]", "[x]", Order),
        """
          System.Linq.Lookup<int, Shop.Order> → group (key int)
          System.Linq.Grouping<int, Shop.Order> → element of a group (key int)
          Shop.Order
        """);

    [Fact]
    public void Event_OfAnInstance_NamesPublisherEventAndHandler() => AssertTrace(
        h => h.Object("Shop.Feed", ("Changed", h.Multicast("System.EventHandler", h.Delegate("System.EventHandler", h.Object(Order), "Shop.Order::OnChanged")))),
        """
          Shop.Feed → event Changed
          System.EventHandler → event handler Order.OnChanged, delegate target
          Shop.Order
        """);

    [Fact]
    public void Delegate_WithNestedClosures_SaysWhatIsCaptured() => AssertTrace(
        h => h.Object("Shop.Jobs", ("_next", h.Delegate(
            "System.Action",
            h.Object("Shop.Desk+<>c__DisplayClass3_1", ("CS$<>8__locals1", h.Object("Shop.Desk+<>c__DisplayClass3_0", ("order", h.Object(Order))))),
            "Shop.Desk+<>c__DisplayClass3_1::<Take>b__0"))),
        """
          Shop.Jobs → _next
          System.Action → lambda in Desk.Take capturing order
          Shop.Order
        """);

    [Fact]
    public void Task_WithSeveralContinuations_NamesTheOneThatHolds() => AssertTrace(
        h => h.Chain(Task, "m_continuationObject", $"{Collections}List<System.Object>", "_items", "System.Object[]", "[x]", Box, "StateMachine.<order>5__2", Order),
        """
          System.Threading.Tasks.Task → awaited by async Gate.EnterAsync()
          async Gate.EnterAsync() → variable order of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void Task_AwaitedUnderASynchronizationContext_NamesTheMethod() => AssertTrace(
        h =>
        {
            HeapObject action = h.Delegate("System.Action", h.Object(Box, ("StateMachine.<>4__this", h.Object(Order))));
            return h.Object("System.Threading.Tasks.TaskCompletionSource", ("_task", h.Object(Task, ("m_continuationObject", h.Object("System.Threading.Tasks.SynchronizationContextAwaitTaskContinuation", ("m_action", action))))));
        },
        """
          System.Threading.Tasks.TaskCompletionSource → awaited by async Gate.EnterAsync()
          async Gate.EnterAsync() → this of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void AsyncMethod_Suspended_SaysWhatItAwaits() => AssertTrace(
        h =>
        {
            HeapObject delay = h.Object("System.Threading.Tasks.Task+DelayPromise");
            HeapObject box = h.Object(Box, ("StateMachine.<order>5__2", h.Object(Order)), ("StateMachine.<>u__1.m_task", delay));
            return delay.Set("m_continuationObject", box);
        },
        """
          Task.Delay → awaited by async Gate.EnterAsync()
          async Gate.EnterAsync() awaiting Task.Delay → variable order of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void AsyncMethod_AwaitingATaskNobodyRuns_SaysSo() => AssertTrace(
        h => h.Object(Box, ("StateMachine.<order>5__2", h.Object(Order)), ("StateMachine.<>u__1.m_task", h.Object(Task))),
        """
          async Gate.EnterAsync() awaiting a task that a TaskCompletionSource must complete → variable order of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void Semaphore_WithWaiters_NamesThem() => AssertTrace(
        h => h.Chain("System.Threading.SemaphoreSlim", "m_asyncHead", "System.Threading.SemaphoreSlim+TaskNode", "m_continuationObject", Box, "StateMachine.<order>5__2", Order),
        """
          System.Threading.SemaphoreSlim → caller that waits for the semaphore
          async Gate.EnterAsync() → variable order of async Gate.EnterAsync()
          Shop.Order
        """,
        bases: h => h.Derives("System.Threading.SemaphoreSlim+TaskNode", $"{Task}<System.Boolean>", Task));

    [Fact]
    public void LinkedSource_OfATokenThatLives_IsNamed() => AssertTrace(
        h => h.Chain(
            "System.Threading.CancellationTokenSource", "_registrations", "System.Threading.CancellationTokenSource+Registrations", "Callbacks", "System.Threading.CancellationTokenSource+CallbackNode", "CallbackState",
            "System.Threading.CancellationTokenSource+Linked1CancellationTokenSource", "_registrations", "System.Threading.CancellationTokenSource+Registrations", "Callbacks", "System.Threading.CancellationTokenSource+CallbackNode", "CallbackState", Order),
        """
          System.Threading.CancellationTokenSource → source of a token that is linked to this one
          linked System.Threading.CancellationTokenSource → state of a callback registered with the token
          Shop.Order
        """,
        bases: h => h.Derives("System.Threading.CancellationTokenSource+Linked1CancellationTokenSource", "System.Threading.CancellationTokenSource"));

    [Fact]
    public void Registration_KeptInAField_LeadsToTheSourceOfItsToken() => AssertTrace(
        h => h.Chain(
            "Shop.View", "_registration._node", "System.Threading.CancellationTokenSource+CallbackNode", "Registrations", "System.Threading.CancellationTokenSource+Registrations", "Source",
            "System.Threading.CancellationTokenSource", "_registrations", "System.Threading.CancellationTokenSource+Registrations", "Callbacks", "System.Threading.CancellationTokenSource+CallbackNode", "CallbackState", Order),
        """
          Shop.View → registration _registration, source of its token
          System.Threading.CancellationTokenSource → state of a callback registered with the token
          Shop.Order
        """);

    [Theory]
    [InlineData(5_000, 5_000, ", every 5 s")]
    [InlineData(90_000, 150, ", every 90 s")]
    [InlineData(250, 250, ", every 250 ms")]
    [InlineData(0, 7_200_000, ", once after 2 h")]
    [InlineData(uint.MaxValue, uint.MaxValue, ", never due")]
    public void Timer_WhoseTimesWereRead_SaysThem(uint period, uint due, string expected) => AssertTrace(
        h => h.Object("System.Threading.Timer", ("_timer", h.Object("System.Threading.TimerHolder", ("_timer", h.Object(
                "System.Threading.TimerQueueTimer",
                ("_state", h.Object(Order)),
                ("_timerCallback", h.Delegate("System.Threading.TimerCallback", h.Object("Shop.Poller"), "Shop.Poller::Tick")))
            .With(FactKind.TimerPeriod, period)
            .With(FactKind.TimerDue, due))))),
        $"""
          System.Threading.Timer → state of a timer that calls Poller.Tick{expected}
          Shop.Order
        """);

    [Fact]
    public void TimersTimer_FromTheQueue_NamesTheEvent() => AssertTrace(
        h => h.Array("System.Threading.TimerQueue[]", h.Object("System.Threading.TimerQueue", ("_shortTimers", h.Object("System.Threading.TimerQueueTimer", ("_timerCallback", h.Delegate(
            "System.Threading.TimerCallback",
            h.Object("System.Timers.Timer", ("_onIntervalElapsed", h.Delegate("System.Timers.ElapsedEventHandler", h.Object(Order), "Shop.Order::OnElapsed"))))))))),
        """
          timers of the process → System.Timers.Timer
          System.Timers.Timer → event Elapsed of the timer
          System.Timers.ElapsedEventHandler → event handler Order.OnElapsed, delegate target
          Shop.Order
        """);

    [Fact]
    public void PeriodicTimer_FromTheQueue_NamesWhoWaits() => AssertTrace(
        h => h.Chain("System.Threading.TimerQueue[]", "[x]", "System.Threading.TimerQueue", "_longTimers", "System.Threading.TimerQueueTimer", "_state", "System.Threading.PeriodicTimer+State", "_mrvtsc._continuationState", Box, "StateMachine.<>4__this", Order),
        """
          timers of the process → PeriodicTimer, who waits for its next tick
          async Gate.EnterAsync() → this of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void Channel_WithAReaderThatWaits_NamesIt() => AssertTrace(
        h => h.Chain("System.Threading.Channels.UnboundedChannel<System.Int32>", "_blockedReadersHead", "System.Threading.Channels.BlockedReadAsyncOperation<System.Int32>", "_continuationState", Box, "StateMachine.<>4__this", Order),
        """
          System.Threading.Channels.UnboundedChannel<int> → reader that waits for the channel
          async Gate.EnterAsync() → this of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void XmlLeaf_HoldsTheDocument()
    {
        AssertTrace(
            h =>
            {
                h.Derives("System.Xml.Linq.XElement", "System.Xml.Linq.XContainer", "System.Xml.Linq.XNode", "System.Xml.Linq.XObject");
                h.Derives("System.Xml.Linq.XDocument", "System.Xml.Linq.XContainer", "System.Xml.Linq.XNode", "System.Xml.Linq.XObject");
                return h.Chain("System.Xml.Linq.XElement", "parent", "System.Xml.Linq.XElement", "parent", "System.Xml.Linq.XDocument", "annotations", Order);
            },
            """
              System.Xml.Linq.XElement (2 in a row) → parent in the XML tree
              System.Xml.Linq.XDocument → annotation of the XML node
              Shop.Order
            """);
    }

    [Fact]
    public void Subject_OfReactiveExtensions_NamesTheSubscriber() => AssertTrace(
        h => h.Object("System.Reactive.Subjects.Subject<System.Int32>", ("_observers", h.Array("System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable[]", h.Object(
            "System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable",
            ("_observer", h.Object("System.Reactive.AutoDetachObserver<System.Int32>", ("_onNext", h.Delegate("System.Action<System.Int32>", h.Object(Order), "Shop.Order::OnPrice")))))))),
        """
          System.Reactive.Subjects.Subject<int> → subscriber of the subject
          System.Action<int> → delegate target of Order.OnPrice
          Shop.Order
        """);

    [Fact]
    public void Scope_OfTheRootProvider_IsToldFromOthers() => AssertTrace(
        h =>
        {
            HeapObject scope = h.Object("Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope");
            h.Object("Shop.Other", ("x", scope));
            scope.Set("_disposables", h.Chain($"{Collections}List<System.Object>", "_items", "System.Object[]", "[x]", Order));
            return scope.Set("<RootProvider>k__BackingField", h.Object("Microsoft.Extensions.DependencyInjection.ServiceProvider", ("<Root>k__BackingField", scope)));
        },
        """
          service scope → disposable that the root provider keeps until it is disposed
          Shop.Order
        """);

    [Fact]
    public void LinkedList_OfMany_SaysHowMany() => AssertTrace(
        h =>
        {
            HeapObject last = h.Object("Shop.Step", ("order", h.Object(Order)));
            for (int step = 1; step < 1_000; step++)
            {
                last = h.Object("Shop.Step").Set("next", last);
            }

            return h.Object("Shop.Route", ("first", last));
        },
        """
          Shop.Route → first
          Shop.Step (1,000 in a row) → order
          Shop.Order
        """);

    private static void AssertTrace(Func<Heap, HeapObject> describe, string expected, string type = Order, Action<Heap>? bases = null) => Assert.Equal(
        "StaticField Shop.root\n" + expected,
        TraceText.Of(TraceOf(
            h =>
            {
                bases?.Invoke(h);
                h.Static("Shop.root").To(describe(h));
            },
            type)));

    private static RetentionTrace TraceOf(Action<Heap> describe, string type = Order)
    {
        using HeapGraph graph = Heap.Of(describe);
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        return Assert.Single(query.Ask(type, 5, TestContext.Current.CancellationToken).Traces).Trace.Trace;
    }
}
