using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Growth;

public sealed class GrowthJudgeTests
{
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Threading.Tasks.VoidTaskResult>+AsyncStateMachineBox<Shop.Gate+<EnterAsync>d__3>";

    [Theory]
    [InlineData(0, "since the first round")]
    [InlineData(10, "since round 2")]
    public void Of_AsyncMethodsThatWait_SaysSinceWhichRound(int before, string since)
    {
        ExplainedTrace trace = Rounds.TraceOf((h, operations) => h.Static("Shop.Gate.waiting").To(h.Array(
            "System.Object[]", [.. Enumerable.Range(before, operations - before).Select(_ => h.Object(Box, ("StateMachine.<order>5__2", h.Object("Shop.Order"))))])));

        Assert.Equal("+1.00 per operation in 8 of 8 rounds, " + since, Assert.Single(trace.Trace.Path, step => step.Type == "async Gate.EnterAsync()").Reason);
    }
}
