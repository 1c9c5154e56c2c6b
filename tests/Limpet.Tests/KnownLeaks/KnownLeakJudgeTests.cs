using System.Reflection;
using Limpet.Checks;
using Limpet.KnownLeaks;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Tests.KnownLeaks;

/// <summary>When a test that declares a leak passes, and what it says when it does not.</summary>
public sealed class KnownLeakJudgeTests
{
    private const string PanelName = "Limpet.Tests.KnownLeaks.KnownLeakJudgeTests.Panel";
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly KnownLeak Mark = new("MEMLEAK-FIX-1") { Type = typeof(Panel), Holder = "Feed.Changed" };

    [Fact]
    public void Leak_OfTheTypeByTheHolder_Passes()
    {
        KnownLeakOutcome outcome = KnownLeakJudge.Judge(Mark, Leak(Found(PanelName, "Desk.Feed.Changed")), Today);
        Assert.True(outcome.Passes);
        Assert.Null(outcome.ToThrow());
        Assert.Equal(
            """[KnownLeak("MEMLEAK-FIX-1", Type = typeof(Limpet.Tests.KnownLeaks.KnownLeakJudgeTests.Panel), Holder = "Feed.Changed")] is there as declared: ManagedLeak Limpet.Tests.KnownLeaks.KnownLeakJudgeTests.Panel, held by Desk.Feed.Changed.""",
            outcome.Message);
    }

    [Fact]
    public void Test_ThatPasses_FailsAsFixed()
    {
        KnownLeakOutcome outcome = KnownLeakJudge.Judge(new KnownLeak("MEMLEAK-FIX-1"), null, Today);
        Assert.Equal(KnownLeakStatus.Fixed, outcome.Status);
        Assert.Equal("fixed: remove the mark. [KnownLeak(\"MEMLEAK-FIX-1\")] declares a leak, and the test found none.", Assert.IsType<KnownLeakException>(outcome.ToThrow()).Message);
    }

    [Fact]
    public void Leak_OfAnotherType_Fails()
    {
        KnownLeakOutcome outcome = KnownLeakJudge.Judge(new KnownLeak("MEMLEAK-FIX-1") { Type = typeof(Panel) }, Leak(Found("Desk.Order", "Desk.Feed.Changed")), Today);
        Assert.Equal(KnownLeakStatus.OtherReason, outcome.Status);
        Assert.StartsWith(
            "leaks for another reason than [KnownLeak(\"MEMLEAK-FIX-1\", Type = typeof(Limpet.Tests.KnownLeaks.KnownLeakJudgeTests.Panel))] declares: ManagedLeak Desk.Order, held by Desk.Feed.Changed.\nLeak: ",
            outcome.Message,
            StringComparison.Ordinal);
    }

    /// <summary>MSTest tells the innermost exception first: the report, which is in the message already, would stand before the answer.</summary>
    [Fact]
    public void Leak_OfAnotherType_IsOneExceptionWithTheTraceOfTheCheck()
    {
        LeakException thrown = Assert.Throws<LeakException>((Action)(() => throw Leak(Found("Desk.Order", "Desk.Feed.Changed"))));
        Exception outcome = KnownLeakJudge.Judge(new KnownLeak("MEMLEAK-FIX-1") { Type = typeof(Panel) }, thrown, Today).ToThrow()!;
        Assert.Null(outcome.InnerException);
        Assert.StartsWith(thrown.StackTrace!, outcome.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public void Leak_ByAnotherHolder_Fails() => AssertStatus(KnownLeakStatus.OtherReason, Leak(Found(PanelName, "Desk.Cache.Entries")));

    [Fact]
    public void Leak_BesideTheDeclaredOne_Fails() => AssertStatus(KnownLeakStatus.OtherReason, Leak(Found(PanelName, "Desk.Feed.Changed"), Found("Desk.Order", "Desk.Cache.Entries")));

    [Fact]
    public void Growth_WithoutATraceBesideTheDeclaredOne_Passes() => AssertStatus(KnownLeakStatus.AsDeclared, Leak(Found(PanelName, "Desk.Feed.Changed"), Found("string", null)));

    [Fact]
    public void Leak_ThatDelaysBesideTheDeclaredOne_Passes() =>
        AssertStatus(KnownLeakStatus.AsDeclared, Leak(Found(PanelName, "Desk.Feed.Changed"), Found("Desk.Order", "Desk.Queue") with { Kind = FindingKind.DelayedCollection }));

    [Fact]
    public void Leak_WithoutATrace_IsNotProvenForAHolder()
    {
        KnownLeakOutcome outcome = KnownLeakJudge.Judge(Mark, Leak(Found(PanelName, null)), Today);
        Assert.Equal(KnownLeakStatus.NotProven, outcome.Status);
        Assert.Contains("is not proven: nothing says what holds it. No tool is here.", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leak_TracedByEventsThatNameNoMembers_IsNotProvenForAHolder()
    {
        CheckResult result = Result(Verdict.Leak, [Found(PanelName, "Desk.s_all")]) with { Drawings = ["a trace"], Origin = new TraceOrigin(CaptureWay.EventPipe, [], []) };
        KnownLeakOutcome outcome = KnownLeakJudge.Judge(Mark, new LeakException(result), Today);
        Assert.Equal(KnownLeakStatus.NotProven, outcome.Status);
        Assert.Contains("is not proven: the traces come from events, which name no members. Run the test where its memory can be read.", outcome.Message, StringComparison.Ordinal);
        Assert.True(KnownLeakJudge.Judge(Mark with { Holder = "s_all" }, new LeakException(result), Today).Passes);
        AssertStatus(KnownLeakStatus.OtherReason, new LeakException(result with { Origin = TraceOrigin.Memory }));
    }

    [Fact]
    public void Leak_WithoutATrace_PassesWhenNoHolderIsDeclared() =>
        Assert.True(KnownLeakJudge.Judge(Mark with { Holder = null }, Leak(Found(PanelName, null)), Today).Passes);

    [Theory]
    [InlineData(Verdict.Inconclusive)]
    [InlineData(Verdict.NotRun)]
    public void Check_ThatDidNotDecide_IsNoProof(Verdict verdict) =>
        AssertStatus(KnownLeakStatus.NotProven, new LeakException(Result(verdict, [])));

    [Fact]
    public void Hang_IsAnotherReason() => AssertStatus(KnownLeakStatus.OtherReason, new LeakException(Result(Verdict.Hang, [])));

    /// <summary>A check that hangs has a finding of it, which is none of those that a mark without a type means.</summary>
    [Fact]
    public void Hang_OfAMarkThatNamesNoTypeAndNoHolder_IsAnotherReason()
    {
        Finding hang = new() { Kind = FindingKind.Hang, Subject = "operation", Signature = "hang:operation", Confidence = "It had no answer within 30 s." };

        Assert.Equal(KnownLeakStatus.OtherReason, KnownLeakJudge.Judge(new KnownLeak("MEMLEAK-FIX-1"), new LeakException(Result(Verdict.Hang, [hang])), Today).Status);
    }

    [Fact]
    public void Error_StaysTheError()
    {
        FileNotFoundException missing = new("libdesk.so");
        KnownLeakOutcome outcome = KnownLeakJudge.Judge(Mark, missing, Today);
        Assert.Equal(KnownLeakStatus.Error, outcome.Status);
        Assert.Same(missing, outcome.ToThrow());
    }

    [Fact]
    public void LeakException_WithoutAResult_IsAnError() => AssertStatus(KnownLeakStatus.Error, new LeakException("leaks"));

    [Fact]
    public void Leak_InsideWhatAFrameworkThrows_IsFound() =>
        AssertStatus(KnownLeakStatus.AsDeclared, new AggregateException(new TargetInvocationException(Leak(Found(PanelName, "Desk.Feed.Changed")))));

    [Fact]
    public void Leak_InsideAnErrorOfTheTest_IsAnError() => AssertStatus(KnownLeakStatus.Error, new InvalidOperationException("set-up", Leak(Found(PanelName, "Desk.Feed.Changed"))));

    [Fact]
    public void Leak_AfterItsDay_IsExpired()
    {
        KnownLeakOutcome outcome = KnownLeakJudge.Judge(Mark with { Until = Today.AddDays(-1) }, Leak(Found(PanelName, "Desk.Feed.Changed")), Today);
        Assert.Equal(KnownLeakStatus.Expired, outcome.Status);
        Assert.Contains("was accepted until 2026-11-20. Mend the leak, or give it a new day.", outcome.Message, StringComparison.Ordinal);
        Assert.True(KnownLeakJudge.Judge(Mark with { Until = Today }, Leak(Found(PanelName, "Desk.Feed.Changed")), Today).Passes);
    }

    [Theory]
    [InlineData("System.Collections.Generic.List<System.String>", typeof(List<>), true)]
    [InlineData("System.Collections.Generic.List<System.String>", typeof(List<string>), true)]
    [InlineData("System.Collections.Generic.Dictionary<int, string>", typeof(List<>), false)]
    [InlineData(PanelName, typeof(Panel), true)]
    [InlineData("Limpet.Tests.KnownLeaks.KnownLeakJudgeTests+Panel", typeof(Panel), true)]
    [InlineData("Panel", typeof(Panel), false)]
    public void Type_IsComparedByItsFullName(string subject, Type type, bool same) =>
        Assert.Equal(same, KnownLeakJudge.Judge(new KnownLeak("MEMLEAK-FIX-1") { Type = type }, Leak(Found(subject, "Desk.Feed.Changed")), Today).Passes);

    private static void AssertStatus(KnownLeakStatus expected, Exception thrown) => Assert.Equal(expected, KnownLeakJudge.Judge(Mark, thrown, Today).Status);

    private static LeakException Leak(params Finding[] findings) => new(Result(Verdict.Leak, findings));

    private static CheckResult Result(Verdict verdict, Finding[] findings) => new()
    {
        Subject = "the operation",
        Verdict = verdict,
        Reason = "It grows.",
        Operations = new OperationCount(100, 0),
        Findings = [.. findings],
        NoTraceReason = "No tool is here.",
    };

    private static Finding Found(string subject, string? root) => new()
    {
        Kind = FindingKind.ManagedLeak,
        Subject = subject,
        Signature = "s",
        Confidence = "+1.00 per operation",
        Holder = root is null ? null : new RetentionTrace(new TraceRoot("StaticField", root), [new TraceElement(subject, null, null, LeakingStatus.Yes, "it stays")]),
    };

    private sealed class Panel;
}
