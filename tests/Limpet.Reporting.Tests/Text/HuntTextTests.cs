using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Text;

public sealed class HuntTextTests
{
    [Fact]
    public void Write_Leak_HasVerdictTraceAndNumbers() => Text.AssertUnderEveryCulture(
        """
        Leak: Shop.OrderView: +1.00 per operation in 8 of 8 rounds.
        1,637 operations done, 2 failed, in 12.3 s on process 4242 (.NET 10.0.12)

        ManagedLeak  Shop.OrderView  91 retained, +1.00 per operation, 127 KiB
        ┬─── static field Shop.Bus.Changed
        ├─ System.EventHandler                          Leaking: no (Bus is used by every round)
        │    ↓ event handler, delegate target
        │                     ~~~~~~~~~~~~~~~
        ╰→ Shop.OrderView                               Leaking: yes (+1.00 per operation in 8 of 8 rounds)
           hint: OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed; remove the handler when the view closes
           why: +1.00 per operation in 8 of 8 rounds.
           dose: 2 times the work, 2.05 times the growth (confirmed)
           readings: 104 immediate, 97 natural, 91 settled
           with it: fds +1.00 per operation (file /var/log/shop/view-*.log), Shop.Line +3.00 per operation
           seen up to 1,637 operations; a cap above 1,637 is not excluded

        Budgets
          max-rss: broken, 214 B of 200 B

        Warnings
          descriptors could not be read

        Not seen
          memory that the kernel holds for sockets

        """,
        () => HuntText.Write(Samples.Hunt));

    /// <summary>A check in a test takes the settled reading alone.</summary>
    [Fact]
    public void Write_FindingWithOneReading_SaysNothingOfTheOthers()
    {
        string text = HuntText.Write(Samples.Hunt with { Findings = [Samples.Hunt.Findings[0] with { Readings = new Readings(null, null, 91) }] });
        Assert.Contains("\n   readings: 91 settled\n", text, StringComparison.Ordinal);

        text = HuntText.Write(Samples.Hunt with { Findings = [Samples.Hunt.Findings[0] with { Readings = new Readings(null, null, null) }] });
        Assert.DoesNotContain("readings:", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Verbose_AddsTheRounds() => Text.AssertUnderEveryCulture(
        """
        Leak: Shop.OrderView: +1.00 per operation in 8 of 8 rounds.
        1,637 operations done, 2 failed, in 12.3 s on process 4242 (.NET 10.0.12)

        Rounds
          round   operations  failed      at  paused  stall  objects   managed  fds  threads
          Warmup          13       -   1.3 s       -      -        -         -    -       14
          Base         1,613       2  11.5 s   2.5 s  13 ms   31,250  1.24 MiB   91       14

        Noise floor
          fds: 0
          managedBytes: 2.00 KiB

        Environment
          gc: workstation

        """,
        () => HuntText.Write(Samples.Hunt with { Findings = [], Warnings = [], BlindSpots = [], Budgets = [] }, verbose: true));

    [Fact]
    public void Write_Undecided_HasTheReadings() => Text.AssertUnderEveryCulture(
        """
        Inconclusive: Shop.Order: It grew by 16, but fell by 8 on the way, over 10% of it.
        1,637 operations done, 2 failed, in 12.3 s on process 4242 (.NET 10.0.12)

        Undecided
          Shop.Order: 40 56
          fds: - 7
            2 of 3 readings were refused.
          Shop.Line: 1 16.5
            It grew by 15, fewer than the 20 that count as growth.

        """,
        () => HuntText.Write(UndecidedHunt.Result));

    [Fact]
    public void Write_UndecidedVerbose_HasAllOfThem() =>
        Assert.Contains("  nativeBytes: 100 300100\n    It grew by 300000,", HuntText.Write(UndecidedHunt.Result, verbose: true), StringComparison.Ordinal);

    [Fact]
    public void Write_Hang_HasStacksAndWhoWaitsForWhom() => Text.AssertUnderEveryCulture(
        """
        Hang: operation: Operation 12 did not end within 30 seconds.
        1,637 operations done, 2 failed, in 12.3 s on process 4242 (.NET 10.0.12)

        Hang  operation
           why: Operation 12 did not end within 30 seconds.
           2 threads (4, 7), wait for a monitor on Shop.Ledger that thread 9 has
              at System.Threading.Monitor.Enter
              at Ledger.PostAsync
           1 thread (9)
              at Shop.Ledger.Write

        """,
        () => HuntText.Write(Samples.Hunt with { Verdict = Verdict.Hang, Reason = "operation: Operation 12 did not end within 30 seconds.", Findings = [Samples.Hang], Warnings = [], BlindSpots = [], Budgets = [] }));

    [Fact]
    public void Write_CountIsZero_ConfirmsNothing()
    {
        string text = HuntText.Write(Samples.Hunt with { Findings = [Samples.Leak with { Retained = new Amount(0, 0) }] });
        Assert.Contains("(not confirmed: nothing was counted)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(confirmed)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a cap above", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DoseOff_IsNotConfirmed() => Assert.Contains(
        "dose: 2 times the work, 1.1 times the growth (not confirmed)",
        HuntText.Write(Samples.Hunt with { Findings = [Samples.Leak with { Dose = new DoseResult(2, 1.1) }] }),
        StringComparison.Ordinal);

    [Fact]
    public void Write_DelayedCollection_IsConfirmedByWhatWasThereBefore() => Assert.DoesNotContain(
        "not confirmed",
        HuntText.Write(Samples.Hunt with { Findings = [Samples.Leak with { Kind = FindingKind.DelayedCollection, Retained = new Amount(0, 0), Dose = null }] }),
        StringComparison.Ordinal);

    [Fact]
    public void Write_RelatedGrowth_HasItsUnits() => Assert.Contains(
        "   with it: nativeBytes +4.00 KiB per second (malloc), timers +0.50 per second\n",
        HuntText.Write(Samples.Hunt with
        {
            Findings =
            [
                Samples.Leak with
                {
                    Related = [new RelatedGrowth("nativeBytes", null) { PerSecond = 4096, Detail = "malloc" }, new RelatedGrowth("timers", null) { PerSecond = 0.5 }],
                },
            ],
        }),
        StringComparison.Ordinal);

    [Fact]
    public void Write_KnownLeak_SaysSo() => Assert.Contains(
        "127 KiB  (known leak)\n",
        HuntText.Write(Samples.Hunt with { Findings = [Samples.Leak with { Status = FindingStatus.Known }] }),
        StringComparison.Ordinal);

    [Fact]
    public void Write_EveryVerdict_HasAColour() => Assert.All(
        Enum.GetValues<Verdict>(),
        verdict => Assert.Contains($"m{verdict}\u001b[0m: ", HuntText.Write(Samples.Hunt with { Verdict = verdict }, colors: true), StringComparison.Ordinal));

    /// <summary>The page explains a run that was, which the README shows whole; each of its lines begins as those that are written.</summary>
    [Fact]
    public void Document_Examples_AreOfTheRunInTheReadme()
    {
        string[] examples = [.. Regex.Matches(File.ReadAllText(DocumentPath()), "```\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        string readme = File.ReadAllText(Path.GetFullPath("../README.md", Path.GetDirectoryName(DocumentPath())!)), written = HuntText.Write(Samples.Hunt);

        Assert.Equal(2, examples.Length);
        Assert.All(examples, example => Assert.Contains(example, readme, StringComparison.Ordinal));
        Assert.All(["Leak: ", " operations done, ", "┬─── static field ", "├─ System.EventHandler", "│    ↓ event handler", "╰→ Shop.OrderView", "   hint: ", "   why: ", "   dose: ", "   readings: ", "   with it: ", "   seen up to "], begin =>
        {
            Assert.Contains(begin, string.Concat(examples), StringComparison.Ordinal);
            Assert.Contains(begin, written, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Document_Verdicts_AreAllThere() =>
        Assert.All(Enum.GetNames<Verdict>(), verdict => Assert.Contains($"\n| `{verdict}` |", File.ReadAllText(DocumentPath()), StringComparison.Ordinal));

    private static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath("../../../docs/reading-a-report.md", Path.GetDirectoryName(here)!);
}
