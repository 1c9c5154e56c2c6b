using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Results;

namespace Limpet.Heap.Tests.Subjects;

/// <summary>What holds an object that a test says should be gone, beside the test and the library.</summary>
public sealed class SubjectQueryTests
{
    private const int TestThread = 7;
    private const string Closure = "Shop.Tests.OrderTests+<>c__DisplayClass3_0";
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Threading.Tasks.VoidTaskResult>+AsyncStateMachineBox<Shop.Tests.OrderTests+<Checks>d__4>";

    [Fact]
    public void Ask_StaticField_Holds() => Assert.Equal(
        (SubjectHold.Something, "Shop.Store.last"),
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Static("Shop.Store.last").To(order);
            return order;
        }));

    [Fact]
    public void Ask_LocalOfTheTest_IsTheCallers() => Assert.Equal(
        (SubjectHold.OnlyTheCaller, "Shop.Tests.OrderTests.Checks"),
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Stack("Shop.Tests.OrderTests.Checks", TestThread).To(order);
            return order;
        }));

    [Fact]
    public void Ask_LocalOfAnotherThread_Holds() => Assert.Equal(
        (SubjectHold.Something, "Shop.Worker.Run"),
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Stack("Shop.Worker.Run", TestThread + 1).To(order);
            return order;
        }));

    [Fact]
    public void Ask_VariableThatAClosureOfTheTestCaptured_IsTheCallers() => Assert.Equal(
        SubjectHold.OnlyTheCaller,
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Stack("Shop.Tests.OrderTests.Checks", TestThread).To(h.Object(Closure, ("order", order)));
            return order;
        }).Hold);

    [Fact]
    public void Ask_ObjectThatTheTestHolds_HoldsIt() => Assert.Equal(
        SubjectHold.Something,
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Stack("Shop.Tests.OrderTests.Checks", TestThread).To(h.Object(Closure, ("bus", h.Object("Shop.Bus", ("Changed", order)))));
            return order;
        }).Hold);

    [Fact]
    public void Ask_ClosureThatIsHeldElsewhereToo_Holds() => Assert.Equal(
        (SubjectHold.Something, "Shop.Bus.Changed"),
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            HeapObject closure = h.Object(Closure, ("order", order));
            h.Stack("Shop.Tests.OrderTests.Checks", TestThread).To(closure);
            h.Static("Shop.Bus.Changed").To(h.Delegate("System.Action", closure));
            return order;
        }));

    [Fact]
    public void Ask_AsyncTestThatAwaitsTheAnswer_IsTheCaller() => Assert.Equal(
        SubjectHold.OnlyTheCaller,
        Ask(
            h =>
            {
                // A runner holds the method of the test, and the method its local.
                HeapObject order = h.Object("Shop.Order");
                HeapObject box = h.Object(Box, ("StateMachine.<order>5__2", order));
                h.Static("Runner.current").To(box);
                h.Stack("Limpet.Checks.CheckThread.Run", 9).To(h.Object("System.Threading.Tasks.Task<Limpet.Checks.CheckResult>", ("m_continuationObject", box)));
                return order;
            },
            thread: 0).Hold);

    [Fact]
    public void Ask_AsyncMethodThatAwaitsSomethingElse_Holds() => Assert.Equal(
        SubjectHold.Something,
        Ask(
            h =>
            {
                HeapObject order = h.Object("Shop.Order");
                h.Static("Shop.Worker.current").To(h.Object(Box, ("StateMachine.<order>5__2", order)));
                return order;
            },
            thread: 0).Hold);

    [Fact]
    public void Ask_StackOfAThreadThatIsNotTold_MayBeTheCallers() => Assert.Equal(
        SubjectHold.OnlyTheCaller,
        Ask(
            h =>
            {
                HeapObject order = h.Object("Shop.Order");
                h.Stack("unknown method", 0).To(order);
                return order;
            },
            CallerFrames.UnknownThread).Hold);

    [Fact]
    public void Ask_AsyncMethodThatAwaitsByAMemberThatIsNotTold_MayBeTheCallers() => Assert.Equal(
        SubjectHold.OnlyTheCaller,
        Ask(
            h =>
            {
                HeapObject order = h.Object("Shop.Order");
                HeapObject test = h.Object(Box, ("?", order));
                h.Static("Shop.Runner.tests").To(h.Object("System.Threading.Tasks.Task<Limpet.Checks.CheckResult>", ("?", test)));
                h.Static("Shop.Runner.current").To(test);
                return order;
            },
            CallerFrames.UnknownThread).Hold);

    [Fact]
    public void Ask_FieldBesideAStackThatIsNotTold_Holds() => Assert.Equal(
        (SubjectHold.Something, "Shop.Store.last"),
        Ask(
            h =>
            {
                HeapObject order = h.Object("Shop.Order");
                h.Stack("unknown method", 0).To(order);
                h.Static("Shop.Store.last").To(h.Object("Shop.Desk", ("?", order)));
                return order;
            },
            CallerFrames.UnknownThread));

    [Fact]
    public void Ask_ObjectsOfTheLibrary_HoldNothing() => Assert.Equal(
        SubjectHold.Nothing,
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Stack("Limpet.Checks.CheckThread.Run", 9).To(h.Object("Limpet.Checks.FactoryOutcome", ("made", order)));
            h.Static("Shop.Lists.all").To(h.Object("System.Collections.Generic.List<Limpet.Checks.MadeObject>", ("_items", order)));
            return order;
        }).Hold);

    [Fact]
    public void Ask_TestsInNamespacesThatBeginLikeTheLibrary_AreNotTheLibrary() => Assert.Equal(
        (SubjectHold.Something, "Limpet.Tests.Checks.Shelf.all"),
        Ask(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Static("Limpet.Tests.Checks.Shelf.all").To(h.Object("Limpet.Tests.Checks.Shelf", ("top", order)));
            return order;
        }));

    [Fact]
    public void Ask_SeveralSubjects_AreReachedThroughEachOther()
    {
        HeapObject? first = null;
        HeapObject? second = null;
        using HeapGraph graph = Heap.Of(h =>
        {
            second = h.Object("Shop.Order");
            first = h.Object("Shop.Order", ("next", h.Object("Shop.Link", ("order", second))));
            h.Static("Shop.Store.first").To(first);
        });

        (SubjectHold hold, RetentionAnswer answer) = new SubjectQuery(graph, null, TestThread).Ask([first!.Node, second!.Node], "must go", 9, TestContext.Current.CancellationToken);

        Assert.Equal(SubjectHold.Something, hold);
        Assert.Equal(2, answer.RootedCount);
    }

    [Fact]
    public void Ask_Subject_IsWhatLeaks()
    {
        HeapObject? order = null;
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.Store.last").To(h.Object("Shop.Desk", ("order", order = h.Object("Shop.Order")))));

        RetentionTrace trace = new SubjectQuery(graph, null, TestThread).Ask([order!.Node], "must go", 9, TestContext.Current.CancellationToken).Answer.Traces[0].Trace.Trace;

        Assert.Equal([(LeakingStatus.Unknown, "one capture tells what holds it, not whether it should"), (LeakingStatus.Yes, "must go")], trace.Path.Select(element => (element.Leaking, element.Reason)));
    }

    private static (SubjectHold Hold, string Root) Ask(Func<Heap, HeapObject> describe, int thread = TestThread)
    {
        HeapObject? subject = null;
        using HeapGraph graph = Heap.Of(h => subject = describe(h));
        (SubjectHold hold, RetentionAnswer answer) = new SubjectQuery(graph, null, thread).Ask([subject!.Node], "must be collected", 9, TestContext.Current.CancellationToken);
        return (hold, answer.Traces.IsEmpty ? "" : answer.Traces[0].Trace.Trace.Root.Name);
    }
}
