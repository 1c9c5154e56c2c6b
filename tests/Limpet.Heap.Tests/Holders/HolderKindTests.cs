namespace Limpet.Heap.Tests.Holders;

/// <summary>What the way through each kind of holder that is no collection is called.</summary>
public sealed class HolderKindTests
{
    private const string Order = "Shop.Order";
    private const string Collections = "System.Collections.Generic.";
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Threading.Tasks.VoidTaskResult>+AsyncStateMachineBox<Shop.Gate+<EnterAsync>d__3>";
    private const string Task = "System.Threading.Tasks.Task";

    [Fact]
    public void Event_OfAnInstance_NamesPublisherEventAndHandler() => RootedTrace.AssertIs(
        h => h.Object("Shop.Feed", ("Changed", h.Multicast("System.EventHandler", h.Delegate("System.EventHandler", h.Object(Order), "Shop.Order::OnChanged")))),
        """
          Shop.Feed → event Changed
          System.EventHandler → event handler Order.OnChanged, delegate target
          Shop.Order
        """);

    [Fact]
    public void Delegate_WithNestedClosures_SaysWhatIsCaptured() => RootedTrace.AssertIs(
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
    public void Task_WithSeveralContinuations_NamesTheOneThatHolds() => RootedTrace.AssertIs(
        h => h.Chain(Task, "m_continuationObject", $"{Collections}List<System.Object>", "_items", "System.Object[]", "[x]", Box, "StateMachine.<order>5__2", Order),
        """
          System.Threading.Tasks.Task → awaited by async Gate.EnterAsync()
          async Gate.EnterAsync() → variable order of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void Task_AwaitedUnderASynchronizationContext_NamesTheMethod() => RootedTrace.AssertIs(
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
    public void AsyncMethod_Suspended_SaysWhatItAwaits() => RootedTrace.AssertIs(
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
    public void AsyncMethod_AwaitingATaskNobodyRuns_SaysSo() => RootedTrace.AssertIs(
        h => h.Object(Box, ("StateMachine.<order>5__2", h.Object(Order)), ("StateMachine.<>u__1.m_task", h.Object(Task))),
        """
          async Gate.EnterAsync() awaiting a task that a TaskCompletionSource must complete → variable order of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void Semaphore_WithWaiters_NamesThem() => RootedTrace.AssertIs(
        h => h.Chain("System.Threading.SemaphoreSlim", "m_asyncHead", "System.Threading.SemaphoreSlim+TaskNode", "m_continuationObject", Box, "StateMachine.<order>5__2", Order),
        """
          System.Threading.SemaphoreSlim → caller that waits for the semaphore
          async Gate.EnterAsync() → variable order of async Gate.EnterAsync()
          Shop.Order
        """,
        bases: h => h.Derives("System.Threading.SemaphoreSlim+TaskNode", $"{Task}<System.Boolean>", Task));

    [Fact]
    public void LinkedSource_OfATokenThatLives_IsNamed() => RootedTrace.AssertIs(
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
    public void Registration_KeptInAField_LeadsToTheSourceOfItsToken() => RootedTrace.AssertIs(
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
    public void Timer_WhoseTimesWereRead_SaysThem(uint period, uint due, string expected) => RootedTrace.AssertIs(
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
    public void TimersTimer_FromTheQueue_NamesTheEvent() => RootedTrace.AssertIs(
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
    public void PeriodicTimer_FromTheQueue_NamesWhoWaits() => RootedTrace.AssertIs(
        h => h.Chain("System.Threading.TimerQueue[]", "[x]", "System.Threading.TimerQueue", "_longTimers", "System.Threading.TimerQueueTimer", "_state", "System.Threading.PeriodicTimer+State", "_mrvtsc._continuationState", Box, "StateMachine.<>4__this", Order),
        """
          timers of the process → PeriodicTimer, who waits for its next tick
          async Gate.EnterAsync() → this of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void Channel_WithAReaderThatWaits_NamesIt() => RootedTrace.AssertIs(
        h => h.Chain("System.Threading.Channels.UnboundedChannel<System.Int32>", "_blockedReadersHead", "System.Threading.Channels.BlockedReadAsyncOperation<System.Int32>", "_continuationState", Box, "StateMachine.<>4__this", Order),
        """
          System.Threading.Channels.UnboundedChannel<int> → reader that waits for the channel
          async Gate.EnterAsync() → this of async Gate.EnterAsync()
          Shop.Order
        """);

    [Fact]
    public void XmlLeaf_HoldsTheDocument()
    {
        RootedTrace.AssertIs(
            h =>
            {
                h.Derives("System.Xml.Linq.XElement", "System.Xml.Linq.XContainer", "System.Xml.Linq.XNode", "System.Xml.Linq.XObject");
                h.Derives("System.Xml.Linq.XDocument", "System.Xml.Linq.XContainer", "System.Xml.Linq.XNode", "System.Xml.Linq.XObject");
                return h.Chain("System.Xml.Linq.XElement", "parent", "System.Xml.Linq.XElement", "parent", "System.Xml.Linq.XDocument", "annotations", Order);
            },
            """
              System.Xml.Linq.XElement (2 in a row through parent) → parent in the XML tree
              System.Xml.Linq.XDocument → annotation of the XML node
              Shop.Order
            """);
    }

    [Fact]
    public void Subject_OfReactiveExtensions_NamesTheSubscriber() => RootedTrace.AssertIs(
        h => h.Object("System.Reactive.Subjects.Subject<System.Int32>", ("_observers", h.Array("System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable[]", h.Object(
            "System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable",
            ("_observer", h.Object("System.Reactive.AutoDetachObserver<System.Int32>", ("_onNext", h.Delegate("System.Action<System.Int32>", h.Object(Order), "Shop.Order::OnPrice")))))))),
        """
          System.Reactive.Subjects.Subject<int> → subscriber of the subject
          System.Action<int> → delegate target of Order.OnPrice
          Shop.Order
        """);

    [Fact]
    public void Scope_OfTheRootProvider_IsToldFromOthers() => RootedTrace.AssertIs(
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
    public void LinkedList_OfMany_SaysHowMany() => RootedTrace.AssertIs(
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
          Shop.Step (1,000 in a row through next) → order
          Shop.Order
        """);
}
