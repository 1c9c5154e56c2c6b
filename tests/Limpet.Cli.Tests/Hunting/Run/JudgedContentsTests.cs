using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Tests;
using Limpet.Results;
using Limpet.Verdicts;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting.Run;

/// <summary>What grows inside objects whose number stays the same, over the rounds of a drawn hunt.</summary>
public sealed class JudgedContentsTests
{
    private const string List = "System.Collections.Generic.List<System.Int64>";
    private const string Window = "Polly.CircuitBreaker.Health.HealthWindow";

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

    /// <summary>It has fewer elements than are told for half of the hunt, so what is seen of it is too short to decide on, and too much to pass.</summary>
    [Fact]
    public void Judge_AListThatComesToBeToldLate_DecidesAboutTheRun()
    {
        HuntLog log = DrawnHunt.Of((h, operations) => h.Static("Shop.Log.slow").To(Elements(h, List, operations / 20)), TimeSpan.FromSeconds(2));

        Judgement judgement = Assert.Single(JudgedRun.Of(log, VerdictOptions.Default, budgetUsedUp: true).Contents.Deciding).Judgement;

        Assert.True(judgement.Shape is GrowthShape.Growing or GrowthShape.Undecided, judgement.Reason);
    }

    [Fact]
    public void Findings_ASetThatFillsToItsCap_IsBounded()
    {
        HuntLog log = DrawnHunt.Of((h, operations) => h.Static("Shop.Log.seen").To(Elements(h, List, Math.Min(operations, 400), ("_items", Numbers(h, 4_000)))), TimeSpan.FromSeconds(2));

        Assert.Equal("BoundedRetention elements of System.Collections.Generic.List<long>", string.Join('\n', DrawnHunt.FindingsOf(log).Select(finding => $"{finding.Kind} {finding.Subject}")));
    }

    [Fact]
    public void Findings_WhatTheRuntimeFillsToACap_IsNotTold()
    {
        HuntLog log = DrawnHunt.Of((h, operations) => h.Static("System.Threading.Slots.used").To(Elements(h, List, Math.Min(operations, 400), ("_items", Numbers(h, 4_000)))), TimeSpan.FromSeconds(2));

        Assert.Empty(DrawnHunt.FindingsOf(log));
    }

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

    [Theory]
    [InlineData("System.Number.s_smallNumberCache", 4, "")]
    [InlineData("System.Number.s_smallNumberCache", 2, "string +0.50")]
    [InlineData("System.Number.s_other", 4, "string +0.25")]
    public void Findings_ACacheOfTheRuntimeWhoseBoundIsKnown_AreNoneUpToThatBound(string field, int every, string expected) => Assert.Equal(
        expected,
        Findings((h, operations) => h.Static(field).To(h.Array("System.String[]", [.. Enumerable.Range(0, operations / every).Select(_ => h.Object("System.String"))]).Sized(2_424))));

    /// <summary>Breakers that fill one after the other, of which each has up to ten windows.</summary>
    [Theory]
    [InlineData("Polly.CircuitBreaker.Health.RollingHealthMetrics", 10, "Bounded")]
    [InlineData("Polly.CircuitBreaker.RollingHealthMetrics", 10, "Bounded")]
    [InlineData("Polly.CircuitBreaker.Health.RollingHealthMetrics", 100, "Growing")]
    [InlineData("Shop.RollingHealthMetrics", 10, "Growing")]
    public void Paths_InACacheOfAPackageWithAKnownBoundForEachOfItsHolders_AreBoundedUpToThatBound(string holder, int each, string shape)
    {
        JudgedRun judged = Judge((h, operations) => h.Static("Shop.Desk.breakers").To(h.Array(
            "System.Object[]", [.. Enumerable.Range(0, 1 + (1_000 / each)).Select(breaker => Windows(h, holder, Math.Clamp(operations - (breaker * each), 0, each)))])));

        Judgement windows = Assert.Single(judged.Paths.Values, judgement => judgement.Metric == Window);
        Assert.Equal(shape, $"{windows.Shape}");
        Assert.Equal(shape == "Bounded", windows.Reason.StartsWith("It grew by 799 and was not seen to stop, but at most 1,010 entries are ever there: the windows of time", StringComparison.Ordinal));
        Assert.Equal(shape == "Growing", judged.Types.ContainsKey(Window));
    }

    [Fact]
    public void Findings_HoldersOfSuchACacheThatLeak_AreALeak() => Assert.Equal(
        "Polly.CircuitBreaker.Health.RollingHealthMetrics +1.00",
        Findings((h, operations) => h.Static("Shop.Desk.breakers").To(h.Array("System.Object[]", [.. Enumerable.Range(0, operations).Select(_ => Windows(h, "Polly.CircuitBreaker.Health.RollingHealthMetrics", 3))]).Sized(100_000))));

    /// <summary>The elements are structs that refer to one of the same few breakers each: what is known of the breakers says nothing of the list.</summary>
    [Fact]
    public void Findings_AListAboveSuchACache_IsALeak() => Assert.Equal(
        "elements of System.Collections.Generic.List<Shop.Route> +1.00",
        Findings((h, operations) => h.Static("Shop.Desk.routes").To(Elements(
            h, "System.Collections.Generic.List<Shop.Route>", operations, ("_items", h.Structs("Shop.Route[]", ("Breaker", Windows(h, "Polly.CircuitBreaker.Health.RollingHealthMetrics", 10))).Sized(20_000))))));

    /// <summary>Two parts come with each entry; in the last row they come while no entry does.</summary>
    [Theory]
    [InlineData("Serilog.Core.Pipeline.MessageTemplateCache", 1, "Bounded Bounded")]
    [InlineData("Serilog.Core.Pipeline.MessageTemplateCache", 2, "Growing Growing")]
    [InlineData("Serilog.Core.Pipeline.MessageTemplateCache", 0, " Growing")]
    public void Paths_BelowTheEntriesOfSuchACache_AreBoundedWithThem(string holder, int entries, string shapes)
    {
        JudgedRun judged = Judge((h, operations) => h.Static("Shop.Log.templates").To(h.Object(holder, ("_templates", h.Object(
            "System.Collections.Hashtable",
            ("_buckets", h.Array("System.Collections.Hashtable+bucket[]", [.. Enumerable.Range(0, Math.Max(1, entries * operations)).Select(entry => h.Object(
                "Serilog.Events.MessageTemplate",
                ("_tokens", h.Array("Serilog.Parsing.TextToken[]", [.. Enumerable.Range(0, entries == 0 ? operations : 2).Select(_ => h.Object("Serilog.Parsing.TextToken"))]))))]).Sized(20_000)))))));

        Assert.Equal(entries == 1, judged.Paths.Values.Any(path => path.Reason.StartsWith("It grew by 1,598 and was not seen to stop, but at most 1,000 entries are ever there: message templates", StringComparison.Ordinal)));
        Assert.Equal(shapes, $"{judged.Paths.Values.FirstOrDefault(path => path.Metric == "Serilog.Events.MessageTemplate")?.Shape} {Assert.Single(judged.Paths.Values, path => path.Metric == "Serilog.Parsing.TextToken").Shape}");
    }

    [Fact]
    public void Findings_ATextThatGetsLonger_IsALeakOfItsBytes() => Assert.Equal(
        "bytes of string +40.00",
        Findings((h, operations) => h.Static("Shop.Log.text").To(h.String("x").Sized(24 + (40 * operations)))));

    [Fact]
    public void Findings_ATextBufferThatFills_IsALeakOfItsCharacters() => Assert.Equal(
        "characters of System.Text.StringBuilder +40.00",
        Findings((h, operations) => h.Static("Shop.Log.transcript").To(TextBuffer(h, 40 * operations, 8_000))));

    /// <summary>Many pieces are as many objects, and still one text.</summary>
    [Fact]
    public void Findings_ATextBufferOfManyPieces_IsALeakOfItsCharacters() => Assert.Equal(
        "characters of System.Text.StringBuilder +40.00",
        Findings((h, operations) => h.Static("Shop.Log.transcript").To(TextBuffer(h, 40 * operations, 60))));

    [Fact]
    public void Findings_MoreTextBuffers_AreObjects() => Assert.Equal(
        "System.Text.StringBuilder +2.00",
        Findings((h, operations) => h.Static("Shop.Log.transcripts").To(h.Array("System.Object[]", [.. Enumerable.Range(0, operations).Select(_ => TextBuffer(h, 400, 300))]).Sized(100_000))));

    [Fact]
    public void Findings_AStreamThatFills_IsALeakOfItsBytes() => Assert.Equal(
        "bytes of System.IO.MemoryStream +160.00",
        Findings((h, operations) => h.Static("Shop.Log.recording").To(Elements(h, "System.IO.MemoryStream", 160 * operations, ("_buffer", Numbers(h, 24 + (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(160 * operations))))))));

    [Theory]
    [InlineData("System.IO.MemoryStream")]
    [InlineData("System.Text.StringBuilder")]
    public void Findings_ABufferThatIsUsedAgain_IsNone(string type)
    {
        HuntLog log = DrawnHunt.Of((h, operations) => h.Static("Shop.Log.scratch").To(Elements(h, type, new Random(operations).Next(20_000))), TimeSpan.FromSeconds(2));

        Assert.Empty(DrawnHunt.FindingsOf(log));
        Assert.DoesNotContain(JudgedRun.Of(log, VerdictOptions.Default, budgetUsedUp: true).Deciding, judgement => judgement.Metric.Contains(type, StringComparison.Ordinal) && judgement.Shape == GrowthShape.Undecided);
    }

    /// <summary>What was written last has a number in it that gets longer.</summary>
    [Fact]
    public void Deciding_ABufferOfTheLastMessage_IsNotAskedFor() => Assert.DoesNotContain(
        JudgedRun.Of(DrawnHunt.Of((h, operations) => h.Static("Shop.Log.message").To(Elements(h, "System.Text.StringBuilder", 200 + (operations / 20))), TimeSpan.FromSeconds(2)), VerdictOptions.Default, budgetUsedUp: true).Deciding,
        judgement => judgement.Metric.Contains("StringBuilder", StringComparison.Ordinal));

    [Fact]
    public void Deciding_ATextThatGetsLongerForAShortTime_AsksForMoreRounds()
    {
        JudgedRun judged = JudgedRun.Of(DrawnHunt.Of((h, operations) => h.Static("Shop.Log.text").To(h.String("x").Sized(24 + (40 * operations))), TimeSpan.FromSeconds(0.3)), VerdictOptions.Default, budgetUsedUp: false);

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
        HuntLog log = DrawnHunt.Of(Ring, TimeSpan.FromSeconds(2));
        PlanOptions plan = new() { Rounds = rounds };

        Assert.Contains($", with --operations {each}; ", Assert.Single(Sentences(log, plan)), StringComparison.Ordinal);
        Assert.InRange(each * (plan.BaseRounds + (2 * plan.DoseRounds)), 2 * log.History.Operations.Done, 2 * log.History.Operations.Done * 1.05);
    }

    [Fact]
    public void Uncounted_AnArrayThatDoublesWhileNothingIsDriven_AsksForMoreTime() => Assert.EndsWith(
        "Next: watch it for twice as long, in rounds of twice the length; if more than 32.0 KiB are there then, it fills.",
        Assert.Single(Sentences(DrawnHunt.Of(Ring, TimeSpan.FromSeconds(2), DriveMode.Time), new PlanOptions())),
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

    /// <summary>The last of several pieces, which says how much is in all.</summary>
    private static HeapObject TextBuffer(TestHeap h, int count, int piece)
    {
        (string, HeapObject)[] chars = [("m_ChunkChars", h.Numbers("System.Char[]").Sized(24 + (2 * piece)))];
        HeapObject? last = null;
        for (int all = Math.Min(count, piece); last is null || all > 0; all = all < count ? Math.Min(count, all + piece) : 0)
        {
            last = Elements(h, "System.Text.StringBuilder", all, last is null ? chars : [("m_ChunkPrevious", last), ("m_ChunkChars", h.Numbers("System.Char[]").Sized(24 + (2 * piece)))]);
        }

        return last;
    }

    private static HeapObject Windows(TestHeap h, string holder, int count) => h.Object(holder, ("_windows", h.Object(
        $"System.Collections.Generic.Queue<{Window}>", ("_array", h.Array($"{Window}[]", [.. Enumerable.Range(0, count).Select(_ => h.Object(Window))]).Sized(200)))));

    private static JudgedRun Judge(Action<TestHeap, int> describe) => DrawnHunt.Judge(DrawnHunt.Of(describe, TimeSpan.FromSeconds(2)));

    private static HeapObject Numbers(TestHeap h, long size) => h.Numbers("System.Int64[]").Sized(size);

    private static string Findings(Action<TestHeap, int> describe)
    {
        return string.Join('\n', DrawnHunt.FindingsOf(DrawnHunt.Of(describe, TimeSpan.FromSeconds(2))).Select(finding => FormattableString.Invariant($"{finding.Subject} +{finding.PerOperation?.Count ?? finding.PerOperation?.Bytes:0.00}")));
    }

    private static void Ring(TestHeap h, int operations) =>
        h.Static("Shop.Log.ring").To(Numbers(h, 24 + (8 * (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, operations * 4)))));

    private static string Uncounted(Action<TestHeap, int> describe) => string.Join('\n', Sentences(DrawnHunt.Of(describe, TimeSpan.FromSeconds(2)), new PlanOptions()));

    private static IEnumerable<string> Sentences(HuntLog log, PlanOptions plan) =>
        new UncountedArrays(plan, "--operations").Of(log, JudgedRun.Of(log, VerdictOptions.Default, budgetUsedUp: true));
}
