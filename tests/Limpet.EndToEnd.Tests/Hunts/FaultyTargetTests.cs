using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>Targets that end, crash, hang or refuse: what was measured is kept, and nothing of it is ever a pass.</summary>
[Collection(HuntsAlone.Name)]
public sealed class FaultyTargetTests
{
    [Theory]
    [InlineData("exit-after 30 0", 3, "exited with code 0")]
    [InlineData("exit-after 30 3", 4, "exited with code 3")]
    [InlineData("crash-after 30", 4, "was ended by SIGABRT (exit code 134)")]
    public void Hunt_OfATargetThatEnds_KeepsWhatWasMeasured(string target, int exitCode, string how)
    {
        HuntOutcome hunt = Hunt.Target(target).Expect(exitCode, "Inconclusive");
        Assert.Contains($"The target {how}", hunt.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", hunt.Reason, StringComparison.Ordinal);
        Assert.Contains("done 29", hunt.Warnings, StringComparison.Ordinal);
        Assert.NotEmpty(hunt.Result.GetProperty("measurements").GetProperty("rounds").EnumerateArray());
        Assert.Equal(29, hunt.Done);
    }

    [Fact]
    public void Hunt_OfATargetThatEndsBeforeItIsReady_IsNotRunAndShowsNoSecret()
    {
        HuntOutcome hunt = Hunt.Run("--stdin-line", "x", "--ready-line", "ready", "--", "sh", "-c", "echo password=hunter2; exit 7").Expect(4, "NotRun");
        Assert.Contains("exited with code 7", hunt.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", hunt.Run.Output + hunt.Run.Error + hunt.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_WhoseOperationsAllFail_IsNeverClean()
    {
        using TargetProcess process = TargetProcess.Start("ticker 1");
        HuntOutcome hunt = Hunt.Run("--quick", "--budget", "10s", "--each", "echo no >&2; exit 9", "--pid", $"{process.Id}").Expect(3, "NotRun");
        Assert.Equal(0, hunt.Done);
        Assert.True(hunt.Failed > 0);
        Assert.Contains("9", hunt.Warnings, StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfErrorLines_CountsThemAsFailedAndIsNotRun()
    {
        HuntOutcome hunt = Hunt.Target("throw-each", "--budget", "10s", "--fail-line", "^error").Expect(3, "NotRun");
        Assert.Equal(0, hunt.Done);
        Assert.True(hunt.Failed > 0);
        Assert.Contains($"{hunt.Failed} operations failed: answered like \\\"error operation 1 is refused\\\"", hunt.Warnings, StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfADeadlock_NamesWhoWaitsForWhom()
    {
        HuntOutcome hunt = Hunt.Target("hang-after 30", "--timeout", "3s").Expect(1, "Hang");
        Assert.Matches("waits for a monitor on .* that thread \\d+ has", hunt.Run.Output);
        Assert.Contains("HangAfterTarget.Transfer", hunt.Finding("Hang").GetProperty("stacks").ToString(), StringComparison.Ordinal);
        Assert.Equal(29, hunt.Done);
        Assert.Equal(1, hunt.Failed);
    }

    [Fact]
    public void Hunt_OfAnAwaitThatNeverEnds_NamesThePendingOperations()
    {
        HuntOutcome hunt = Hunt.Target("hang-async 30", "--timeout", "3s").Expect(1, "Hang");
        Assert.Contains("HangAsyncTarget.Operate", hunt.Finding("Hang").GetProperty("stacks").ToString(), StringComparison.Ordinal);
        Assert.Contains("async HangAsyncTarget.AskAsync()", hunt.Finding("Hang").GetProperty("confidence").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfATargetNeverReady_IsAHangWithItsStacks()
    {
        HuntOutcome hunt = Hunt.Target("never-ready", "--ready-timeout", "3s").Expect(1, "Hang");
        JsonElement finding = hunt.Finding("Hang");
        Assert.Contains("not ready within 3s", finding.GetProperty("confidence").GetString(), StringComparison.Ordinal);
        Assert.Contains("NeverReadyTarget.Run", finding.GetProperty("stacks").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfATargetThatReadsNothing_IsAHang()
    {
        HuntOutcome hunt = Hunt.Target("ignore-stdin", "--timeout", "3s").Expect(1, "Hang");
        Assert.Contains("IgnoreStdinTarget.Run", hunt.Finding("Hang").GetProperty("stacks").ToString(), StringComparison.Ordinal);
        Assert.Equal(0, hunt.Done);
    }

    [Fact]
    public void Hunt_OfABlockedFinalizer_FindsTheFinalizerThreadWithItsStack()
    {
        JsonElement finding = Hunt.Target("blocked-finalizer").Expect(1, "Hang").Finding("Hang");
        Assert.Equal("finalizer thread", finding.GetProperty("subject").GetString());
        Assert.Contains("Park.Forever", finding.GetProperty("stacks").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_WithoutADiagnosticsPort_WorksAndSaysWhatItCannotSee()
    {
        HuntOutcome hunt = Hunt.Run(["--quick", .. Hunt.ByLines("static-event leaky")], new() { ["DOTNET_EnableDiagnostics"] = "0" }).Expect(1, "Leak");
        Assert.Contains("No collection could be induced: DOTNET_EnableDiagnostics=0", hunt.BlindSpots, StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfHostileNames_WritesNothingThatATerminalActsOn()
    {
        HuntOutcome hunt = Hunt.Target("hostile-names", "--verbose").Expect(1, "Leak");
        string written = hunt.Run.Output + hunt.Run.Error;
        Assert.Contains("Shop.Evil\\u001b[31m", hunt.Run.Output, StringComparison.Ordinal);
        Assert.Contains("done 1", hunt.Run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(written, character => character is '\u001b' or '\u202e' or '\u0007');
        Assert.DoesNotContain(hunt.Result.ToString(), character => character is '\u001b' or '\u202e' or '\u0007');
    }
}
