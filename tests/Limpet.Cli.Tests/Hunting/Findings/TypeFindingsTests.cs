using System.Collections.Immutable;
using Limpet.Capture;
using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Tests;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Verdicts;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting.Findings;

/// <summary>A type that leaks while the ways to its objects change, as when the runtime compiles the program's entry point anew in the middle of the hunt.</summary>
public sealed class TypeFindingsTests
{
    [Fact]
    public void Beside_AWayThatBecomesShorter_TellsWhatStaysFromWhatGrows() => Assert.Equal(
        """
        Shop.Host No (1 object in every round)
        Shop.Entry[] No (1 object in every round)
        Shop.Entry Yes (+1.00 per operation in 11 of 11 rounds)
        Shop.Job Yes (+1.00 per operation in 11 of 11 rounds)
        """,
        StatusesOf(others: 0));

    /// <summary>Most objects of the type are elsewhere: nothing is known of the ones on the way.</summary>
    [Fact]
    public void Beside_ATypeThatIsElsewhereToo_LeavesItOpen() => Assert.Equal(
        """
        Shop.Host No (1 object in every round)
        Shop.Entry[] No (1 object in every round)
        Shop.Entry Unknown (the way here changes from round to round)
        Shop.Job Yes (+1.00 per operation in 11 of 11 rounds)
        """,
        StatusesOf(others: 3));

    private static string StatusesOf(int others)
    {
        HuntLog log = new(DriveMode.Operations);
        int done = 0;
        HeapView? last = null;
        foreach ((RoundKind kind, int operations) in Enumerable.Repeat((RoundKind.Warmup, 53), 2).Concat(Enumerable.Repeat((RoundKind.Base, 53), 8)).Concat(Enumerable.Repeat((RoundKind.Dose, 107), 4)))
        {
            done += operations;
            last?.Dispose();
            LiveCapture capture = new(TestHeap.Of(h => Describe(h, done, isShort: kind == RoundKind.Dose, others)), default!, default);
            last = new HeapView(capture, null!, new PathLimits(), TestContext.Current.CancellationToken);
            ProcessReading reading = new() { Pid = 1 };
            log.Add(new Round(kind, operations, 0, TimeSpan.FromSeconds(2 * (log.Readings.Count + 1)), TimeSpan.FromSeconds(2)), new SettledReading(reading, reading, last.Census, 0, 0, TimeSpan.Zero));
        }

        using HeapView view = last!;
        JudgedRun judged = JudgedRun.Of(log, VerdictOptions.Default, budgetUsedUp: true);
        Finding finding = Assert.Single(new TypeFindings(new HuntEvidence(log, judged, view, ImmutableDictionary<string, (long Immediate, long Natural)>.Empty)).Beside([]));
        return string.Join('\n', finding.Holder!.Path.Select(step => $"{step.Type} {step.Leaking} ({step.Reason})"));
    }

    private static void Describe(TestHeap h, int operations, bool isShort, int others)
    {
        HeapObject host = h.Object("Shop.Host", ("entries", h.Array("Shop.Entry[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Entry", ("job", h.Object("Shop.Job").Sized(1000))))])));
        h.Stack("Program.Main", 1).To(isShort ? host : h.Object("Shop.Program", ("host", host)));
        for (int other = 0; other < others; other++)
        {
            h.Stack($"Other.Run{other}{isShort}", 2 + other).To(h.Array("Shop.Other[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Entry"))]));
        }
    }
}
