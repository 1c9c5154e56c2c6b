using System.CommandLine;
using Limpet.Cli.Commands;
using Limpet.Cli.Hunting;
using Limpet.Results;

namespace Limpet.Cli.Tests;

public sealed class NextHuntTextTests
{
    private const string Line = "--idle 1s -- ./shop";

    [Theory]
    [InlineData(Verdict.Leak, "next: limpet hunt --idle 1s -- ./shop   (again, when it is mended)\n")]
    [InlineData(Verdict.Hang, "next: limpet hunt --idle 1s -- ./shop   (again, when it is mended)\n")]
    [InlineData(Verdict.NotRun, "next: limpet hunt --idle 1s --verbose -- ./shop   (with what the target writes)\n")]
    [InlineData(Verdict.Inconclusive, "next: limpet hunt --idle 1s --verbose --budget 1.5m -- ./shop\n")]
    [InlineData(Verdict.Clean, "next: limpet hunt --idle 1s --budget 3m -- ./shop   (a longer look: slow leaks and caps above 12 operations are not excluded)\n")]
    public void Write_StartedTarget_IsTheLineAgain(Verdict verdict, string expected) => Assert.Equal(expected, Write(Line, verdict));

    [Fact]
    public void Write_Interrupted_IsTheSameLine() =>
        Assert.Equal("next: limpet hunt --idle 1s -- ./shop   (again, from the beginning)\n", Write(Line, Verdict.Inconclusive, interrupted: true));

    [Fact]
    public void Write_TargetEnded_AsksForItsOutput() =>
        Assert.Equal("next: limpet hunt --idle 1s --verbose -- ./shop   (with what the target writes)\n", Write(Line, Verdict.Inconclusive, targetEnded: true));

    [Fact]
    public void Write_Secrets_AreLeftOutAndSaidToBe() =>
        Assert.Equal(
            "next: limpet hunt --idle 1s -- ./shop --token ***   (again, when it is mended; *** stands for what is not shown)\n",
            Write(Line + " --token hunter2", Verdict.Leak));

    [Fact]
    public void Write_NoRedact_CanBeTypedAsItIs() =>
        Assert.Equal(
            "next: limpet hunt --idle 1s --no-redact -- ./shop --token hunter2   (again, when it is mended)\n",
            Write("--idle 1s --no-redact -- ./shop --token hunter2", Verdict.Leak));

    [Fact]
    public void Write_AttachedAndStillThere_AsksWhatHoldsTheEndOfTheWay() =>
        Assert.Equal($"next: limpet why {Environment.ProcessId} 'long[]'\n", Write($"--idle 1s --pid {Environment.ProcessId}", Verdict.Leak, subject: "elements of System.Collections.Generic.List<long>", end: "long[]"));

    [Fact]
    public void Write_AttachedAndGone_ListsTheOthers() =>
        Assert.Equal("next: limpet ps   (process 999999999 has ended; this lists the others)\n", Write("--idle 1s --pid 999999999", Verdict.Leak, subject: "Shop.Order"));

    private static string Write(string line, Verdict verdict, bool targetEnded = false, bool interrupted = false, string? subject = null, string end = "Shop.Order")
    {
        HuntCommandLine hunt = new();
        RootCommand root = [hunt.Command];
        HuntOptions options = hunt.Read(root.Parse(["hunt", .. line.Split(' ')]));
        return NextHuntText.Of(options, Result(verdict, subject, end), targetEnded, interrupted).Line;
    }

    private static HuntResult Result(Verdict verdict, string? subject, string end) => new()
    {
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationSeconds = 1,
        Verdict = verdict,
        Reason = "",
        Operations = new OperationCount(12, 0),
        Findings = subject is null ? [] :
        [
            new Finding
            {
                Kind = FindingKind.ManagedLeak,
                Subject = subject,
                Signature = "a1",
                Confidence = "",
                Holder = new RetentionTrace(new TraceRoot("StaticField", "Shop.Bus.Changed"), [new TraceElement(end, null, null, LeakingStatus.Yes, "")]),
            },
        ],
    };
}
