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
            h.Object(type, (member, h.Object("System.Collections.Generic.Deque<Shop.Page>", ("_array", Pages(h, count))).With(FactKind.Elements, (ulong)count))).With(FactKind.Limit, 5_000))));

    /// <summary>A collection that does not tell how many it has, such as a stack of linked nodes, tells nothing of its limit either.</summary>
    [Fact]
    public void BoundOf_WhatWaitsInACollectionThatDoesNotTell_IsNothing() => Assert.Null(
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Desk.inbox").To(
            h.Object("System.Collections.Concurrent.BlockingCollection<Shop.Page>", ("_collection", h.Object("System.Collections.Concurrent.ConcurrentStack<Shop.Page>", ("_head", Pages(h, count))))).With(FactKind.Limit, 5_000))));

    [Fact]
    public void BoundOf_TheElementsOfAChannel_AreItsCapacity()
    {
        PathGrowth growth = Rounds.Of((h, count) => h.Static("Shop.Desk.inbox").To(h.Object(
            "System.Threading.Channels.BoundedChannel<System.Int32>",
            ("_items", h.Object("System.Collections.Generic.Deque<System.Int32>", ("_array", h.Numbers("System.Int32[]"))).With(FactKind.Elements, (ulong)count))).With(FactKind.Limit, 5_000)));

        Assert.Equal("the bounded channel that holds it has a capacity of 5,000, of which 40 is taken", new LimitedCaches(growth).BoundOf(Assert.Single(growth.ContentsSince(0))));
    }

    /// <summary>Of what lies one in another the inner one decides.</summary>
    [Theory]
    [InlineData(0, 500, "the bounded channel that holds it has a capacity of 500, of which 40 is taken")]
    [InlineData(500, 0, null)]
    public void BoundOf_WhatWaitsInAChannelInACache_IsTheLimitOfTheChannel(int outer, int inner, string? expected) => Assert.Equal(
        expected,
        BoundOf("Shop.Page", (h, count) =>
        {
            HeapObject channel = h.Object("System.Threading.Channels.BoundedChannel<Shop.Page>", ("_items", h.Object("System.Collections.Generic.Deque<Shop.Page>", ("_array", Pages(h, count))).With(FactKind.Elements, (ulong)count)));
            HeapObject tenant = h.Object("Shop.Tenant", ("inbox", inner == 0 ? channel : channel.With(FactKind.Limit, (ulong)inner)));
            h.Static("Shop.Tenants.all").To(Cached(h, h.Array("Shop.Tenant[]", [tenant, .. Enumerable.Range(1, count).Select(_ => h.Object("Shop.Tenant"))]), Options(h, outer), count));
        }));

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
    public void BoundOf_EntriesOfCachesOfWhichOneHasNoLimit_IsNothing() => Assert.Null(
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Pages.all").To(h.Array(
            $"{Caching}.MemoryCache[]", Cache(h, count, limit: 1_000, taken: count), Cache(h, count, limit: 0, taken: 0)))));

    /// <summary>Notes come in each round: below entries of which none comes then, or below one of many that do.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(1)]
    public void BoundOf_WhatComesBelowASingleEntry_IsNothing(int every) => Assert.Null(
        BoundOf("Shop.Note", (h, count) => h.Static("Shop.Pages.all").To(every switch
        {
            0 => Cache(h, 20, limit: 10_240, taken: 20, below: count),
            1 => Cache(h, count, limit: 10_240, taken: count, below: count),
            _ => Cache(h, count > every ? 21 : 20, limit: 10_240, taken: count > every ? 21 : 20, below: count),
        })));

    [Fact]
    public void BoundOf_WhatComesBelowEachEntry_IsTheLimit() => Assert.NotNull(
        BoundOf("Shop.Note", (h, count) => h.Static("Shop.Pages.all").To(Cached(
            h, h.Array("Shop.Page[]", [.. Enumerable.Range(0, count).Select(_ => h.Object("Shop.Page", ("notes", h.Array("Shop.Note[]", h.Object("Shop.Note"), h.Object("Shop.Note")))))]), Options(h, 10_240), count))));

    /// <summary>Entries that come take nothing more of the limit from some round on.</summary>
    [Fact]
    public void BoundOf_EntriesOfWhichMostTakeNothing_IsNothing() => Assert.Null(
        BoundOf("Shop.Page", (h, count) => h.Static("Shop.Pages.all").To(Cache(h, count, limit: 10_240, taken: Math.Min(count, 20)))));

    /// <summary>What all entries share comes once, however much it is.</summary>
    [Theory]
    [InlineData(100_000_000, 10_240, true)]
    [InlineData(1_000, 10_240, true)]
    [InlineData(1_000, 100_000_000, false)]
    public void BoundOf_EntriesThatShareMuch_IsTheLimitWhereTheirOwnPartIsSmall(int shared, long limit, bool isBounded) => Assert.Equal(
        isBounded,
        BoundOf("Shop.Page", (h, count) =>
        {
            HeapObject model = h.Object("Shop.Model").Sized(shared);
            h.Static("Shop.Pages.all").To(Cached(h, h.Array("Shop.Page[]", [.. Enumerable.Range(0, count).Select(_ => h.Object("Shop.Page", ("model", model)))]), Options(h, limit), count));
        }) is not null);

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

    private static HeapObject Cache(Heap h, int entries, long limit, int taken, int below = 0) => Cached(h, Pages(h, entries, below), Options(h, limit), taken);

    private static HeapObject Cache(Heap h, int entries, HeapObject options, int taken) => Cached(h, Pages(h, entries), options, taken);

    private static HeapObject Options(Heap h, long limit) =>
        limit == 0 ? h.Object($"{Caching}.MemoryCacheOptions") : h.Object($"{Caching}.MemoryCacheOptions").With(FactKind.Limit, (ulong)limit);

    private static HeapObject Cached(Heap h, HeapObject entries, HeapObject options, int taken) => h.Object(
        $"{Caching}.MemoryCache",
        ("_options", options),
        ("_coherentState", h.Object(
            $"{Caching}.MemoryCache+CoherentState",
            ("_stringEntries", h.Object("System.Collections.Concurrent.ConcurrentDictionary<System.String, Shop.Page>", ("_buckets", entries)))).With(FactKind.Taken, (ulong)taken)));

    private static HeapObject Pages(Heap h, int count, int below = 0) => h.Array(
        "Shop.Page[]",
        [.. Enumerable.Range(0, count).Select(page => page > 0 || below == 0 ? h.Object("Shop.Page") : h.Object("Shop.Page", ("notes", h.Array("Shop.Note[]", [.. Enumerable.Range(0, below).Select(_ => h.Object("Shop.Note"))]))))]);

    private static string? BoundOf(string type, Action<Heap, int> describe)
    {
        PathGrowth growth = Rounds.Of(describe);
        return new LimitedCaches(growth).BoundOf(growth.Paths.Single(series => series.Path.Type == type));
    }
}
