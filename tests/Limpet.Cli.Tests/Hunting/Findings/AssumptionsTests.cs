using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Run;
using Limpet.Cli.Tests.Hunting.Run;
using Limpet.Heap.Tests;
using Limpet.Resources;
using Limpet.Results;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting.Findings;

/// <summary>What is taken for harmless by what is known of it is said once: by a finding, or under "Not seen".</summary>
public sealed class AssumptionsTests
{
    private static readonly Assumptions s_assumptions = new("--budget");

    [Fact]
    public void OfCaches_OfTheRuntimesOwnObjects_AreSaid()
    {
        HuntLog log = Hunt((h, operations) => h.Static("System.Number.s_smallNumberCache").To(h.Array("System.String[]", [.. Enumerable.Range(0, operations / 4).Select(_ => h.Object("System.String"))]).Sized(2_424)));

        Assert.Empty(DrawnHunt.FindingsOf(log));
        Assert.Equal(
            ["Whether a cache that still grew stops: at most 300 entries are ever there: the texts of the numbers from 0 to 299, each kept when it is first made. Next: a longer --budget, in which it is full."],
            s_assumptions.OfCaches(DrawnHunt.Judge(log), []));
    }

    [Fact]
    public void OfCaches_OfObjectsThatAFindingTells_AreSaidByTheFinding()
    {
        HuntLog log = Hunt((h, operations) => h.Static("Shop.Desk.breakers").To(h.Array(
            "System.Object[]", [.. Enumerable.Range(0, 100).Select(breaker => Breaker(h, Math.Clamp(operations - (breaker * 10), 0, 10)))])));

        Assert.Contains("was not seen to stop, but at most 1,000 entries are ever there", Assert.Single(DrawnHunt.FindingsOf(log)).Confidence, StringComparison.Ordinal);
        Assert.Empty(s_assumptions.OfCaches(DrawnHunt.Judge(log), DrawnHunt.FindingsOf(log)));
    }

    [Fact]
    public void OfNativeSteps_ThatAreTooFewToDecideOn_AreSaid()
    {
        JudgedRun judged = DrawnHunt.Judge(Hunt((_, _) => { }, operations => 50_000_000 + (operations % 7 * 20_000) + (operations > 300 ? 600_000 : 0) + (operations > 500 ? 700_000 : 0) + (operations > 800 ? 1_500_000 : 0)));

        Assert.Equal(
            ["Whether native memory leaks now and then: it rose by 2820000 B, all but 0 B of it in 3 of 11 rounds, and so few steps are taken for the runtime's own. Next: a longer --budget; what leaks goes on."],
            s_assumptions.OfNativeSteps(judged));
        Assert.DoesNotContain(judged.Deciding, judgement => judgement.Grows);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    public void OfNativeSteps_OfMemoryThatIsDecidedOn_AreNone(int each) =>
        Assert.Empty(s_assumptions.OfNativeSteps(DrawnHunt.Judge(Hunt((_, _) => { }, operations => 50_000_000 + ((long)each * operations)))));

    private static HeapObject Breaker(TestHeap h, int windows) => h.Object("Polly.CircuitBreaker.Health.RollingHealthMetrics", ("_windows", h.Array(
        "Polly.CircuitBreaker.Health.HealthWindow[]", [.. Enumerable.Range(0, windows).Select(_ => h.Object("Polly.CircuitBreaker.Health.HealthWindow"))])));

    private static HuntLog Hunt(Action<TestHeap, int> describe, Func<int, long>? privateBytes = null) => DrawnHunt.Of(
        describe, TimeSpan.FromSeconds(2), read: operations => new ProcessReading { Pid = 1, PrivateBytes = privateBytes is null ? null : new ByteSize(privateBytes(operations)) });
}
