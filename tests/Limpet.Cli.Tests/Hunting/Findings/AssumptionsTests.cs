using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Run;
using Limpet.Cli.Tests.Hunting.Run;
using Limpet.Heap;
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
            ["Whether what still grew stops: at most 300 entries are ever there: the texts of the numbers from 0 to 299, each kept when it is first made. Next: a longer --budget, in which the bound is reached."],
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

    /// <summary>A limit that the program stated bounds what fills towards it; without one the same is a leak.</summary>
    [Theory]
    [InlineData(10_240, FindingKind.BoundedRetention, "and was not seen to stop, but the MemoryCache that holds it has a SizeLimit of 10,240, of which 958 is taken.")]
    [InlineData(0, FindingKind.UnboundedGrowth, "+1.00 per operation in ")]
    public void Entries_OfACacheThatIsNotFull_AreBoundedByItsLimit(int limit, FindingKind kind, string expected)
    {
        HuntLog log = Hunt((h, operations) => h.Static("Shop.Pages.all").To(h.Object(
            "Microsoft.Extensions.Caching.Memory.MemoryCache",
            ("_options", limit == 0 ? h.Object("Microsoft.Extensions.Caching.Memory.MemoryCacheOptions") : h.Object("Microsoft.Extensions.Caching.Memory.MemoryCacheOptions").With(FactKind.Limit, (ulong)limit)),
            ("_coherentState", h.Object(
                "Microsoft.Extensions.Caching.Memory.MemoryCache+CoherentState",
                ("_stringEntries", h.Object("System.Collections.Concurrent.ConcurrentDictionary<System.String, System.Object>", ("_buckets", h.Array(
                    "System.Object[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Page"))]).Sized(80_000))))).With(FactKind.Taken, (ulong)operations)))));

        Finding finding = Assert.Single(DrawnHunt.FindingsOf(log));
        Assert.Equal((kind, "Shop.Page"), (finding.Kind, finding.Subject));
        Assert.Contains(expected, finding.Confidence, StringComparison.Ordinal);
    }

    /// <summary>A channel tells how many elements it has: neither these nor the objects leak while its capacity is not reached.</summary>
    [Theory]
    [InlineData(5_000, "Shop.Page BoundedRetention")]
    [InlineData(0, "Shop.Page UnboundedGrowth")]
    public void Items_OfAChannelThatIsNotFull_AreBoundedByItsCapacity(int capacity, string expected)
    {
        HuntLog log = Hunt((h, operations) => h.Static("Shop.Desk.inbox").To(Channel(
            h, "Shop.Page", capacity, operations, h.Array("Shop.Page[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Page"))]).Sized(40_024))));

        Assert.Equal(expected, string.Join(", ", DrawnHunt.FindingsOf(log).Select(finding => $"{finding.Subject} {finding.Kind}")));
        Assert.Empty(s_assumptions.OfCaches(DrawnHunt.Judge(log), DrawnHunt.FindingsOf(log)));
    }

    [Theory]
    [InlineData(5_000, "", "Whether what still grew stops: the bounded channel that holds it has a capacity of 5,000, of which 958 is taken. Next: a longer --budget, in which the bound is reached.")]
    [InlineData(0, "elements of System.Collections.Generic.Deque<int> UnboundedGrowth", "")]
    public void Numbers_InAChannelThatIsNotFull_AreBoundedByItsCapacity(int capacity, string expected, string said)
    {
        HuntLog log = Hunt((h, operations) => h.Static("Shop.Desk.inbox").To(Channel(h, "System.Int32", capacity, operations, h.Numbers("System.Int32[]").Sized(20_024))));

        Assert.Equal(expected, string.Join(", ", DrawnHunt.FindingsOf(log).Select(finding => $"{finding.Subject} {finding.Kind}")));
        Assert.Equal(said, string.Join(", ", s_assumptions.OfCaches(DrawnHunt.Judge(log), DrawnHunt.FindingsOf(log))));
    }

    [Fact]
    public void OfDeepPlaces_WhatIsTooDeep_IsSaidWithItsNumber()
    {
        HuntLog log = Hunt((h, operations) =>
        {
            HeapObject[] orders = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))];
            HeapObject holder = h.Array("Shop.Order[]", orders);
            for (int level = 70; level > 0; level--)
            {
                holder = h.Object($"Shop.Level{level}", ("next", holder));
            }

            h.Static("Shop.Desk.all").To(holder);
        });

        Assert.StartsWith("What holds 852 of the objects that came: ", Assert.Single(Assumptions.OfDeepPlaces(DrawnHunt.Judge(log), log)), StringComparison.Ordinal);
        HuntLog flat = Hunt((h, operations) => h.Static("Shop.Desk.all").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))])));
        Assert.Empty(Assumptions.OfDeepPlaces(DrawnHunt.Judge(flat), flat));
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

    private static HeapObject Channel(TestHeap h, string item, int capacity, int items, HeapObject array)
    {
        HeapObject channel = h.Object(
            $"System.Threading.Channels.BoundedChannel<{item}>",
            ("_items", h.Object($"System.Collections.Generic.Deque<{item}>", ("_array", array)).With(FactKind.Elements, (ulong)items)));
        return capacity == 0 ? channel : channel.With(FactKind.Limit, (ulong)capacity);
    }

    private static HeapObject Breaker(TestHeap h, int windows) => h.Object("Polly.CircuitBreaker.Health.RollingHealthMetrics", ("_windows", h.Array(
        "Polly.CircuitBreaker.Health.HealthWindow[]", [.. Enumerable.Range(0, windows).Select(_ => h.Object("Polly.CircuitBreaker.Health.HealthWindow"))])));

    private static HuntLog Hunt(Action<TestHeap, int> describe, Func<int, long>? privateBytes = null) => DrawnHunt.Of(
        describe, TimeSpan.FromSeconds(2), read: operations => new ProcessReading { Pid = 1, PrivateBytes = privateBytes is null ? null : new ByteSize(privateBytes(operations)) });
}
