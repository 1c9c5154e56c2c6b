using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Heap.Tests;
using TestHeap = Limpet.Heap.Tests.Heap;
using Limpet.Verdicts;

namespace Limpet.Cli.Tests.Hunting.Findings;

public sealed class RetentionBoundsTests
{
    [Fact]
    public void Describe_AFixedArrayThatIsFull_IsItsPlaces() => Assert.Equal(
        "a fixed array of 128 places holds it",
        Describe("BBBBB", [40, 80, 128, 128, 128], (h, count) => h.Static("Shop.Ring.last").To(Array(h, count, 24 + (128 * 8)))));

    [Fact]
    public void Describe_AnArrayThatGrew_IsNoCapacityOfIts() => Assert.Equal(
        "it stayed at exactly 128 in the last 4 driven rounds, as at a capacity",
        Describe("BBBBBB", [40, 80, 128, 128, 128, 128], (h, count) => h.Static("Shop.Cache.all").To(Array(h, count, 24 + (count * 8)))));

    [Fact]
    public void Describe_ACountThatStillMoves_SaysNothing() => Assert.Equal(
        "",
        Describe("BBBBBB", [40, 80, 128, 127, 129, 128], (h, count) => h.Static("Shop.Cache.all").To(Array(h, count, 24 + (count * 8)))));

    [Fact]
    public void Describe_WhatGoesWhileNothingIsDriven_HasATimeToLive() => Assert.Equal(
        "it goes with time, driven or not: a time to live bounds it",
        Describe("BBIBIB", [100, 150, 60, 150, 60, 150], (h, count) => h.Static("Shop.Cache.all").To(Array(h, count, 24 + (200 * 8)))));

    [Fact]
    public void Describe_WhatATimerHoldsAndGoes_HasADueTime() => Assert.Equal(
        "it goes when its timer is due",
        Describe("BBIBIB", [100, 150, 60, 150, 60, 150], (h, count) => h.Static("System.Threading.TimerQueue.Instances").To(h.Array(
            "System.Threading.TimerQueueTimer[]",
            [.. Enumerable.Range(0, count).Select(_ => h.Object("System.Threading.TimerQueueTimer", ("state", h.Object("Shop.Session"))))]))));

    /// <summary>A capacity does not limit how many writers wait with an item.</summary>
    [Theory]
    [InlineData("BoundedChannel", "_items", "the bounded channel that holds it has a capacity of 100, of which 100 is taken, and it stayed at exactly 100 in the last 4 driven rounds, as at a capacity")]
    [InlineData("BoundedChannel", "_blockedWriters", "it stayed at exactly 100 in the last 4 driven rounds, as at a capacity")]
    [InlineData("UnboundedChannel", "_items", "it stayed at exactly 100 in the last 4 driven rounds, as at a capacity")]
    public void Describe_WhatWaitsInAChannel_HasTheChannelsCapacityIfItHasOne(string channel, string member, string expected) => Assert.Equal(
        expected,
        Describe("BBBBBB", [40, 80, 100, 100, 100, 100], (h, count) => h.Static("Shop.Desk.inbox").To(h.Object(
            $"System.Threading.Channels.{channel}<Shop.Session>", (member, Sessions(h, count)))
            .With(FactKind.Limit, 100))));

    [Fact]
    public void Describe_WhatIsStillWaitingInABoundedChannel_IsBoundedByIt() => Assert.Equal(
        "the bounded channel that holds it has a capacity of 120, of which 100 is taken",
        Describe("BBBBBB", [40, 80, 100, 97, 99, 100], (h, count) => h.Static("Shop.Desk.inbox").To(h.Object(
            "System.Threading.Channels.BoundedChannel<Shop.Session>", ("_items", Sessions(h, count))).With(FactKind.Limit, 120))));

    private static HeapObject Sessions(TestHeap h, int count) =>
        h.Object("System.Collections.Generic.Deque<Shop.Session>", ("_array", Array(h, count, 24 + (128 * 8)))).With(FactKind.Elements, (ulong)count);

    private static HeapObject Array(TestHeap h, int count, long size) =>
        h.Array("Shop.Session[]", [.. Enumerable.Range(0, count).Select(_ => h.Object("Shop.Session"))]).Sized(size);

    private static string Describe(string kinds, int[] counts, Action<TestHeap, int> describe)
    {
        PathGrowth growth = PathGrowth.Of([.. counts.Select(count =>
        {
            using HeapGraph graph = TestHeap.Of(h => describe(h, count));
            return HeapCensus.Take(graph, TestContext.Current.CancellationToken);
        })]);
        ImmutableArray<Round> rounds =
        [
            .. kinds.Select((kind, index) => new Round(
                kind == 'I' ? RoundKind.Idle : RoundKind.Base, kind == 'I' ? 0 : 50, 0, TimeSpan.FromSeconds(index + 1), TimeSpan.FromSeconds(1))),
        ];
        return RetentionBounds.Describe(GrowthRoots.Find(growth, series => series.CountGrowth > 0)[0], growth, rounds);
    }
}
