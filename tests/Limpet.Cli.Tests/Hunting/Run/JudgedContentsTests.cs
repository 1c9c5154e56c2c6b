using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Tests;
using Limpet.Resources;
using Limpet.Verdicts;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting.Run;

/// <summary>What grows inside objects whose number stays the same, over the rounds of a drawn hunt.</summary>
public sealed class JudgedContentsTests
{
    private const string List = "System.Collections.Generic.List<System.Int64>";

    [Fact]
    public void Findings_ElementsThatFollowTheOperations_AreALeak() => Assert.Equal(
        "elements of System.Collections.Generic.List<long> +1.00",
        Findings((h, operations) => h.Static("Shop.Log.durations").To(Elements(h, List, operations))));

    [Fact]
    public void Findings_CollectionsThatKeepTheLastTwenty_AreNone() => Assert.Equal(
        "",
        Findings((h, operations) => h.Static("Shop.Log.lanes").To(h.Array(
            "System.Object[]",
            [.. Enumerable.Range(0, 100).Select(lane => Elements(h, List, Math.Min(20, Math.Max(0, (operations / 50) - (lane % 7)))))]))));

    [Fact]
    public void Findings_AListThatIsEmptiedAndFilled_IsNone() => Assert.Equal(
        "",
        Findings((h, operations) => h.Static("Shop.Log.scratch").To(Elements(h, List, new Random(operations).Next(2_000)))));

    [Fact]
    public void Findings_ElementsThatAreObjects_AreToldAsObjects() => Assert.Equal(
        "Shop.Order +1.00",
        Findings((h, operations) => h.Static("Shop.Log.orders").To(Elements(
            h, "System.Collections.Generic.List<Shop.Order>", operations, ("_items", h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]).Sized(100_000))))));

    [Fact]
    public void Findings_WhatTheRuntimeKeepsBesideALeak_GoesWithIt() => Assert.Equal(
        "Shop.Order +1.00",
        Findings((h, operations) =>
        {
            h.Static("Shop.Log.orders").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]).Sized(100_000));
            h.Static("System.Threading.Slots.used").To(Elements(h, List, operations));
        }));

    [Fact]
    public void Findings_ATextThatGetsLonger_IsALeakOfItsBytes() => Assert.Equal(
        "bytes of string +40.00",
        Findings((h, operations) => h.Static("Shop.Log.text").To(h.String("x").Sized(24 + (40 * operations)))));

    [Fact]
    public void Deciding_ATextThatGetsLongerForAShortTime_AsksForMoreRounds()
    {
        JudgedRun judged = JudgedRun.Of(Hunt((h, operations) => h.Static("Shop.Log.text").To(h.String("x").Sized(24 + (40 * operations))), TimeSpan.FromSeconds(0.3)), VerdictOptions.Default, budgetUsedUp: false);

        Assert.Contains(judged.Deciding, judgement => judgement is { Metric: "bytes of string", NeedsMoreRounds: true });
    }

    [Fact]
    public void Uncounted_AnArrayThatDoubles_IsSaid() => Assert.Equal(
        "How full the array behind static field Shop.Log.ring is: it grew in steps, from 4.02 KiB to 32.0 KiB, and what an array has room for is not what is in it. "
        + "Next: have twice as many operations done, with --operations 120; if more than 32.0 KiB are there then, it fills.",
        Uncounted(Ring));

    [Theory]
    [InlineData(null, 120)]
    [InlineData(20, 48)]
    public void Uncounted_TheNumberOfOperationsThatItAsksFor_MakesTwiceAsManyInAll(int? rounds, int each)
    {
        HuntLog log = Hunt(Ring, TimeSpan.FromSeconds(2));
        PlanOptions plan = new() { Rounds = rounds };

        Assert.Contains($", with --operations {each}; ", Assert.Single(Sentences(log, plan)), StringComparison.Ordinal);
        Assert.InRange(each * (plan.BaseRounds + (2 * plan.DoseRounds)), 2 * log.History.Operations.Done, 2 * log.History.Operations.Done * 1.05);
    }

    [Fact]
    public void Uncounted_AnArrayThatDoublesWhileNothingIsDriven_AsksForMoreTime() => Assert.EndsWith(
        "Next: watch it for twice as long, in rounds of twice the length; if more than 32.0 KiB are there then, it fills.",
        Assert.Single(Sentences(Hunt(Ring, TimeSpan.FromSeconds(2), DriveMode.Time), new PlanOptions())),
        StringComparison.Ordinal);

    [Fact]
    public void Uncounted_ManyArraysThatAreEnlargedOneByOne_DecideNothing()
    {
        static void Buffers(TestHeap h, int operations) => h.Static("Shop.Log.buffers").To(h.Array("System.Object[]", [.. Enumerable.Range(0, 1_000).Select(buffer => Numbers(h, buffer < operations ? 88 : 24))]));

        Assert.Equal("", Findings(Buffers));
        Assert.StartsWith("How full the array behind static field Shop.Log.buffers is", Uncounted(Buffers), StringComparison.Ordinal);
    }

    private static HeapObject Elements(TestHeap h, string type, int count, params (string, HeapObject)[] fields) =>
        count < NodeFacts.FewestElements ? h.Object(type, fields) : h.Object(type, fields).With(FactKind.Elements, (ulong)count);

    private static HeapObject Numbers(TestHeap h, long size) => h.Numbers("System.Int64[]").Sized(size);

    private static string Findings(Action<TestHeap, int> describe)
    {
        HuntLog log = Hunt(describe, TimeSpan.FromSeconds(2));
        JudgedRun judged = JudgedRun.Of(log, VerdictOptions.Default, budgetUsedUp: true);
        var evidence = new HuntEvidence(log, judged, null, ImmutableDictionary<string, (long Immediate, long Natural)>.Empty);
        return string.Join('\n', new HuntFindings(evidence).Build().Select(finding => FormattableString.Invariant($"{finding.Subject} +{finding.PerOperation?.Count ?? finding.PerOperation?.Bytes:0.00}")));
    }

    private static void Ring(TestHeap h, int operations) =>
        h.Static("Shop.Log.ring").To(Numbers(h, 24 + (8 * (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, operations * 4)))));

    private static string Uncounted(Action<TestHeap, int> describe) => string.Join('\n', Sentences(Hunt(describe, TimeSpan.FromSeconds(2)), new PlanOptions()));

    private static IEnumerable<string> Sentences(HuntLog log, PlanOptions plan) =>
        new UncountedArrays(plan, "--operations").Of(log, JudgedRun.Of(log, VerdictOptions.Default, budgetUsedUp: true));

    /// <summary>Two rounds that warm up, eight of 53 operations and four of 107.</summary>
    private static HuntLog Hunt(Action<TestHeap, int> describe, TimeSpan each, DriveMode mode = DriveMode.Operations)
    {
        HuntLog log = new(mode);
        int done = 0;
        TimeSpan at = TimeSpan.Zero;
        foreach ((RoundKind kind, int operations) in Enumerable.Repeat((RoundKind.Warmup, 53), 2).Concat(Enumerable.Repeat((RoundKind.Base, 53), 8)).Concat(Enumerable.Repeat((RoundKind.Dose, 107), 4)))
        {
            done += operations;
            at += each;
            using HeapGraph graph = TestHeap.Of(h => describe(h, done));
            ProcessReading reading = new() { Pid = 1 };
            log.Add(new Round(kind, mode == DriveMode.Time ? 0 : operations, 0, at, each), new SettledReading(reading, reading, HeapCensus.Take(graph, TestContext.Current.CancellationToken), 0, 0, TimeSpan.Zero));
        }

        return log;
    }
}
