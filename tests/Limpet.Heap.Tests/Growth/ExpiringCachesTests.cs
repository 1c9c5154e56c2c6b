using Limpet.Heap.Growth;

namespace Limpet.Heap.Tests.Growth;

/// <summary>What fills a cache that was told how long to keep each entry is bounded by that, where the entries show that they go: each operation of a round takes a second, and brings one.</summary>
public sealed class ExpiringCachesTests
{
    private const string Caching = "Microsoft.Extensions.Caching.Memory";
    private const int Minute = 60;
    private static readonly DateTime s_start = new(2031, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>An entry's last second is the one in which it came, its lifetime is counted from there.</summary>
    private delegate HeapObject EntryOf(Heap h, int came, int now);

    [Fact]
    public void BoundOf_EntriesThatExpireAfterTheRun_IsTheirExpiry() => Assert.Equal(
        "the entries of the MemoryCache that holds it expire, nine of ten within 5 min of a reading, and every 60 s expired ones are taken out: up to 0.0 MiB at the rate of this run",
        BoundOf(Until(5 * Minute)));

    [Fact]
    public void BoundOf_EntriesThatExpireUnused_IsTheirExpiry() => Assert.Equal(
        "the entries of the MemoryCache that holds it expire, nine of ten within 5 min of a reading, and every 60 s expired ones are taken out: up to 0.0 MiB at the rate of this run",
        BoundOf(Unused(5 * Minute)));

    /// <summary>As a session does that nobody comes back to, while the cache looks once a minute.</summary>
    [Fact]
    public void BoundOf_EntriesThatHaveExpiredAndAreNotTakenOutYet_IsTheirExpiry() => Assert.Equal(
        "the entries of the MemoryCache that holds it expire, nine of ten within 2 s of a reading (36 of 40 have), and every 60 s expired ones are taken out: up to 0.0 MiB at the rate of this run",
        BoundOf(Unused(4)));

    [Fact]
    public void BoundOf_EntriesThatHadAllExpired_IsTheirExpiry() => Assert.Equal(
        "the entries of the MemoryCache that holds it had expired when they were read, and every 60 s expired ones are taken out: up to 0.0 MiB at the rate of this run",
        BoundOf((h, came, now) => Entry(h, came, until: came)));

    /// <summary>Of both the earlier one counts.</summary>
    [Fact]
    public void BoundOf_EntriesWithBothTimes_IsTheEarlier() => Assert.Contains(
        "nine of ten within 18 s of a reading",
        BoundOf((h, came, now) => Entry(h, came, until: came + 20, unused: 600)),
        StringComparison.Ordinal);

    [Fact]
    public void BoundOf_EntriesThatAreTakenOut_IsTheirExpiry() => Assert.NotNull(BoundOf(Until(25), gone: 25, period: 1));

    [Theory]
    [InlineData("no time at all", 0)]
    [InlineData("a time that lets in what no program lives to see", 2_000_000_000)]
    public void BoundOf_EntriesThatStay_IsNothing(string what, int seconds) => Assert.True(BoundOf(seconds == 0 ? (h, came, now) => Entry(h, came) : Until(seconds)) is null, what);

    /// <summary>A hunt asks as fast as it can: what it would take at that rate is told, and held against nothing that lives for an hour.</summary>
    [Theory]
    [InlineData(3_600, true)]
    [InlineData(7_200, false)]
    public void BoundOf_LargeEntries_AreBoundedWhereTheyLiveForAnHourAtMost(int seconds, bool isBounded) => Assert.Equal(
        isBounded,
        BoundOf((h, came, now) => Entry(h, came, until: came + seconds, below: h.Object("Shop.Scan").Sized(400_000))) is not null);

    /// <summary>A cache that was told never to look takes nothing out by itself.</summary>
    [Fact]
    public void BoundOf_EntriesOfACacheThatNeverLooks_IsNothing() => Assert.Null(BoundOf(Until(30), period: int.MaxValue));

    /// <summary>A job that uses every entry each second, or makes it anew.</summary>
    [Fact]
    public void BoundOf_EntriesThatArePutOff_IsNothing()
    {
        Assert.Null(BoundOf((h, came, now) => Entry(h, now, unused: 5 * Minute)));
        Assert.Null(BoundOf((h, came, now) => Entry(h, now, until: now + (5 * Minute), lifetime: 5 * Minute)));
    }

    /// <summary>What is used again and again beside what goes, be it of a longer life, or there before.</summary>
    [Theory]
    [InlineData(true, 3_600)]
    [InlineData(false, 3_600)]
    [InlineData(true, 300)]
    [InlineData(false, 300)]
    public void BoundOf_EntriesThatArePutOffBesideOthers_IsNothing(bool isOne, int life) => Assert.Null(
        BoundOf((h, came, now) => came <= (isOne ? 1 : 8) ? Entry(h, 1, until: 1 + life, lifetime: life) : Entry(h, now, unused: 5 * Minute)));

    /// <summary>Use does not put off what was told when it ends.</summary>
    [Fact]
    public void BoundOf_EntriesInUseThatEndAllTheSame_IsTheirExpiry() => Assert.NotNull(BoundOf((h, came, now) => Entry(h, now, until: came + 300, unused: 30, lifetime: 300)));

    /// <summary>Whatever they were told, they are more and more when the first must be long gone.</summary>
    [Fact]
    public void BoundOf_EntriesThatBecomeMoreAfterTheirLife_IsNothing() => Assert.Null(BoundOf((h, came, now) => Entry(h, came, until: now + (came % 4)), period: 1, isFaster: true));

    [Fact]
    public void BoundOf_EntriesBesideOneThatCameLateAndStays_IsTheirExpiry() => Assert.NotNull(BoundOf((h, came, now) => came == 15 ? Entry(h, came) : Entry(h, came, until: came + 300)));

    [Fact]
    public void BoundOf_EntriesBesideOneOfALongLife_IsTheirExpiry() => Assert.StartsWith(
        "the entries of the MemoryCache that holds it expire, nine of ten within 5 min of a reading",
        BoundOf((h, came, now) => Entry(h, came, until: came + (came == 1 ? 80_000 : 300))),
        StringComparison.Ordinal);

    /// <summary>Its value is still being made, and nothing of its times is set.</summary>
    [Fact]
    public void BoundOf_EntriesBesideOneThatIsBeingMade_IsTheirExpiry() => Assert.NotNull(BoundOf((h, came, now) => came == now ? Entry(h, used: null, unused: 300) : Entry(h, came, unused: 300)));

    [Fact]
    public void BoundOf_EntriesOfACacheBesideOneWithoutAny_IsTheirExpiry() => Assert.NotNull(BoundOf(Until(300), caches: 2, areEmpty: true));

    /// <summary>What is in demand is used all the time, and was there before; the others go.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(500)]
    public void BoundOf_EntriesBesideSomeThatArePutOff_IsTheirExpiry(int inDemand) => Assert.NotNull(BoundOf((h, came, now) => Entry(h, came <= 0 ? now : came, unused: 5 * Minute), from: 1 - inDemand));

    [Fact]
    public void BoundOf_EntriesOfWhichSomeNeverExpire_IsNothing() => Assert.Null(BoundOf((h, came, now) => came % 4 == 0 ? Entry(h, came) : Entry(h, came, until: came + 300)));

    [Fact]
    public void BoundOf_EntriesBesideSomeThatAlwaysWereThere_IsTheirExpiry() => Assert.NotNull(BoundOf((h, came, now) => came <= 10 ? Entry(h, came) : Entry(h, came, until: came + 300)));

    /// <summary>Nothing takes them out: the cache is one that nobody asks any more, and they come by another way.</summary>
    [Fact]
    public void BoundOf_EntriesThatHadExpiredLongAgo_IsNothing() => Assert.Null(BoundOf(Until(2), period: 5));

    /// <summary>What a clock of its own shows has nothing to do with the time of the reading.</summary>
    [Fact]
    public void BoundOf_EntriesOfACacheWithAClock_IsNothing() => Assert.Null(BoundOf(Until(300), clock: true));

    [Fact]
    public void BoundOf_WhereItIsNotKnownWhenTheHeapWasRead_IsNothing() => Assert.Null(BoundOf(Until(300), tells: false));

    /// <summary>Notes come below the first entry alone.</summary>
    [Fact]
    public void BoundOf_WhatComesBelowASingleEntry_IsNothing() => Assert.Null(BoundOf(
        (h, came, now) => Entry(h, came, until: came + 300, below: came == 1 ? h.Array("Shop.Note[]", [.. Enumerable.Range(0, now).Select(_ => h.Object("Shop.Note"))]) : null),
        type: "Shop.Note"));

    [Fact]
    public void BoundOf_WhatEachEntryHolds_IsTheExpiry() => Assert.NotNull(BoundOf((h, came, now) => Entry(h, came, until: came + 300, below: h.Object("Shop.Note")), type: "Shop.Note"));

    [Fact]
    public void BoundOf_WhatGrowsBesideTheCache_IsNothing() => Assert.Null(BoundOf(Until(300), type: "Shop.Order"));

    [Fact]
    public void BoundOf_EntriesOfTwoCaches_IsTheExpiryOfBoth() => Assert.StartsWith(
        "the entries of the 2 MemoryCaches that hold it expire, nine of ten within 5 min of a reading",
        BoundOf(Until(300), caches: 2),
        StringComparison.Ordinal);

    [Fact]
    public void BoundOf_EntriesOfCachesThatBecomeMore_IsNothing() => Assert.Null(BoundOf(Until(300), caches: 0));

    private static EntryOf Until(int seconds) => (h, came, now) => Entry(h, came, until: came + seconds);

    private static EntryOf Unused(int seconds) => (h, came, now) => Entry(h, came, unused: seconds);

    private static HeapObject Entry(Heap h, int? used, int? until = null, int unused = 0, HeapObject? below = null, int lifetime = 0)
    {
        HeapObject page = below is null ? h.Object("Shop.Page") : h.Object("Shop.Page", ("notes", below));
        HeapObject entry = h.Object($"{Caching}.CacheEntry", ("_value", page))
            .With(FactKind.LastUsed, used is { } at ? (ulong)s_start.AddSeconds(at).ToBinary() : 0)
            .With(FactKind.Lifetime, (ulong)(lifetime * TimeSpan.TicksPerSecond))
            .With(FactKind.ExpiresUnused, (ulong)(unused * TimeSpan.TicksPerSecond));
        return until is { } end ? entry.With(FactKind.ExpiresAt, (ulong)s_start.AddSeconds(end).Ticks) : entry;
    }

    private static string? BoundOf(EntryOf entry, string type = "Shop.Page", int gone = int.MaxValue, int period = Minute, int caches = 1, bool clock = false, bool tells = true, bool isFaster = false, bool areEmpty = false, int from = 1)
    {
        PathGrowth growth = Rounds.Of((h, now) =>
        {
            h.ReadAt = tells ? s_start.AddSeconds(now + 1) : null;
            h.Static("Shop.Desk.orders").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, now).Select(_ => h.Object("Shop.Order"))]));
            HeapObject[] all = [.. Enumerable.Range(0, caches == 0 ? now : caches).Select(at => Cache(h, at > 0 && areEmpty ? [] : [.. Enumerable.Range(from, (isFaster ? now * now / 10 : now) + 1 - from).Where(came => now - came < gone).Select(came => entry(h, came, now))], period, clock))];
            h.Static("Shop.Pages.all").To(caches == 1 ? all[0] : h.Array($"{Caching}.MemoryCache[]", all));
        });
        return new ExpiringCaches(growth).BoundOf(growth.Paths.Single(series => series.Path.Type == type));
    }

    private static HeapObject Cache(Heap h, HeapObject[] entries, int period, bool clock)
    {
        HeapObject options = h.Object($"{Caching}.MemoryCacheOptions").With(FactKind.ScanPeriod, period == int.MaxValue ? (ulong)TimeSpan.MaxValue.Ticks : (ulong)(period * TimeSpan.TicksPerSecond));
        HeapObject cache = h.Object(
            $"{Caching}.MemoryCache",
            ("_options", clock ? options.Set("<Clock>k__BackingField", h.Object("Shop.TestClock")) : options),
            ("_coherentState", h.Object(
                $"{Caching}.MemoryCache+CoherentState",
                ("_stringEntries", h.Object($"System.Collections.Concurrent.ConcurrentDictionary<System.String, {Caching}.CacheEntry>", ("_buckets", h.Array($"{Caching}.CacheEntry[]", entries)))))));
        foreach (HeapObject entry in entries)
        {
            entry.Set("_cache", cache);
        }

        return cache;
    }
}
