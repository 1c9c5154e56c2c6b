using Limpet.Heap.Growth;

namespace Limpet.Heap.Tests.Growth;

/// <summary>What fills a cache or a channel that was told how much it may hold is bounded by that, and by nothing else.</summary>
public sealed class LimitedCachesTests
{
    private const string Caching = "Microsoft.Extensions.Caching.Memory";

    [Fact]
    public void BoundOf_EntriesOfACacheWithALimit_IsTheLimit() => Assert.Equal(
        "the MemoryCache that holds it has a SizeLimit of 10,240, of which 400 is taken",
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Pages.all").To(Cache(h, count, limit: 10_240, taken: 10 * count))));

    [Fact]
    public void BoundOf_EntriesOfSeveralCaches_IsTheSumOfTheirLimits() => Assert.Equal(
        "the 2 MemoryCaches that hold it have a SizeLimit of 2,000 in all, of which 60 is taken",
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Pages.all").To(h.Array(
            $"{Caching}.MemoryCache[]", Cache(h, count, limit: 1_000, taken: count), Cache(h, 20, limit: 1_000, taken: 20)))));

    [Fact]
    public void BoundOf_TheLimitThatCachesShare_IsThatOfEach() => Assert.Equal(
        "the 2 MemoryCaches that hold it have a SizeLimit of 2,000 in all, of which 60 is taken",
        BoundOf("Shop.Page", (h, count) =>
        {
            HeapObject options = h.Object($"{Caching}.MemoryCacheOptions").With(FactKind.Limit, 1_000);
            h.Static("Shop.Startup.options").To(options);
            h.Static("Shop.Pages.all").To(h.Array($"{Caching}.MemoryCache[]", Cache(h, count, options, count), Cache(h, 20, options, 20)));
        }));

    [Theory]
    [InlineData("System.Threading.Channels.BoundedChannel<Shop.Page>", "_items", "the bounded channel that holds it has a capacity of 5,000, of which 40 is taken")]
    [InlineData("System.Collections.Concurrent.BlockingCollection<Shop.Page>", "_collection", "the BlockingCollection that holds it has a capacity of 5,000, of which 40 is taken")]
    [InlineData("System.Threading.Channels.BoundedChannel<Shop.Page>", "_blockedWriters", null)]
    [InlineData("Shop.Belt", "_items", null)]
    public void BoundOf_WhatWaits_IsTheCapacityOfWhatItWaitsIn(string type, string member, string? expected) => Assert.Equal(
        expected,
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Desk.inbox").To(
            h.Object(type, (member, h.Object("System.Collections.Generic.Deque<Shop.Page>", ("_array", Pages(h, count))))).With(FactKind.Limit, 5_000))));

    [Theory]
    [InlineData("no limit", 0, 1.0, 40)]
    [InlineData("a size of nothing, which never reaches the limit", 10_240, 0.0, 40)]
    [InlineData("a limit that lets in what no program lives to see", 1_000_000_000_000, 1.0, 40)]
    [InlineData("a limit that is passed", 30, 1.0, 40)]
    [InlineData("a limit that the last capture did not read", 10_240, 1.0, 30)]
    public void BoundOf_EntriesThatTheLimitDoesNotBound_IsNothing(string what, long limit, double size, int told) => Assert.True(
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Pages.all").To(Cache(h, count, count <= told ? limit : 0, (int)(count * size)))) is null, what);

    [Fact]
    public void BoundOf_EntriesOfCachesThatBecomeMore_IsNothing() => Assert.Null(
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Pages.all").To(h.Array(
            $"{Caching}.MemoryCache[]", [.. Enumerable.Range(0, count).Select(_ => Cache(h, 3, limit: 1_000, taken: 3))]))));

    [Fact]
    public void BoundOf_WhatComesBelowTheEntriesWhileNoneComes_IsNothing() => Assert.Null(
        BoundOf("Shop.Note", (h, count) => h.Static("Shop.Pages.all").To(Cache(h, 20, limit: 10_240, taken: 20, below: count))));

    [Fact]
    public void BoundOf_EntriesOfWhichTheFirstCaptureReadNoLimit_IsTheLimit() => Assert.Equal(
        "the MemoryCache that holds it has a SizeLimit of 10,240, of which 40 is taken",
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Pages.all").To(Cache(h, count, count == 10 ? 0 : 10_240, count))));

    /// <summary>With the objects of a cache that is set aside go those of their type.</summary>
    [Fact]
    public void SetAside_EntriesOfACacheWithALimit_LeavesTheOthersOfTheirType()
    {
        PathGrowth growth = Rounds.Of((h, count) =>
        {
            h.Static("Shop.Pages.all").To(Cache(h, count, limit: 10_240, taken: count));
            h.Static("Shop.Desk.open").To(h.Object("Shop.Page"));
        });
        SetAside aside = new(growth, growth.ContentsSince(0));

        Assert.Equal([1, 1, 1, 1], aside.Without(growth.Types.Single(type => type.Type == "Shop.Page")).Counts);
    }

    private static HeapObject Cache(Heap h, int entries, long limit, int taken, int below = 0) =>
        Cache(h, entries, limit == 0 ? h.Object($"{Caching}.MemoryCacheOptions") : h.Object($"{Caching}.MemoryCacheOptions").With(FactKind.Limit, (ulong)limit), taken, below);

    private static HeapObject Cache(Heap h, int entries, HeapObject options, int taken, int below = 0) => h.Object(
        $"{Caching}.MemoryCache",
        ("_options", options),
        ("_coherentState", h.Object(
            $"{Caching}.MemoryCache+CoherentState",
            ("_stringEntries", h.Object("System.Collections.Concurrent.ConcurrentDictionary<System.String, Shop.Page>", ("_buckets", Pages(h, entries, below))))).With(FactKind.Taken, (ulong)taken)));

    private static HeapObject Pages(Heap h, int count, int below = 0) => h.Array(
        "Shop.Page[]",
        [.. Enumerable.Range(0, count).Select(page => page > 0 || below == 0 ? h.Object("Shop.Page") : h.Object("Shop.Page", ("notes", h.Array("Shop.Note[]", [.. Enumerable.Range(0, below).Select(_ => h.Object("Shop.Note"))]))))]);

    private static string? BoundOf(string type, Action<Heap, int> describe)
    {
        PathGrowth growth = Rounds.Of(describe);
        return new LimitedCaches(growth).BoundOf(growth.Paths.Single(series => series.Path.Type == type));
    }
}
