using System.Collections.Immutable;
using System.Globalization;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests.Holders;

public sealed class KnownFactsTests
{
    [Fact]
    public void All_Facts_AreWhole() => Assert.All(KnownFacts.All, fact =>
    {
        Assert.True(fact.Root is null != fact.Type is null, $"{fact.Id} must name either a root or a type.");
        Assert.True(fact.Kind is not (KnownFactKind.Usage or KnownFactKind.LibraryLeak) || fact.Hint is not null, $"{fact.Id} must say what to do.");
        Assert.DoesNotMatch("\\.$", fact.Says + (fact.Hint ?? ""));
        Assert.Single(KnownFacts.All, other => other.Id == fact.Id);
    });

    [Theory]
    [InlineData("[8.0,10.0)", "8.0", true)]
    [InlineData("[8.0,10.0)", "9.0.4", true)]
    [InlineData("[8.0,10.0)", "10.0", false)]
    [InlineData("(8.0,10.0]", "8.0", false)]
    [InlineData("(8.0,10.0]", "10.0", true)]
    [InlineData("(8.0,10.0]", "8.0.0.0", false)]
    [InlineData("(8.0,10.0]", "10.0.0.0", true)]
    [InlineData("[8.0.0.0,10.0)", "8.0", true)]
    [InlineData("[8.0,)", "99.0", true)]
    [InlineData("(,8.0)", "7.9", true)]
    public void Contains_Version_FollowsTheBrackets(string range, string version, bool expected) =>
        Assert.Equal(expected, VersionRange.Parse(range).Contains(Version.Parse(version)));

    [Theory]
    [InlineData("8.0")]
    [InlineData("[8.0]")]
    [InlineData("")]
    public void Parse_NoRange_IsRefused(string range) => Assert.Throws<FormatException>(() => VersionRange.Parse(range));

    [Fact]
    public void Trace_ThroughABoundedCache_SaysSo() => AssertRegex(
        ImmutableDictionary<string, Version>.Empty,
        "No the cache behind the static methods of Regex, which keeps at most Regex.CacheSize expressions (15 unless it is set)");

    [Fact]
    public void Trace_OfAVersionThatTheFactIsNotTrueOf_SaysNothing() => AssertRegex(
        ImmutableDictionary<string, Version>.Empty.Add("System.Text.RegularExpressions", new Version(4, 8)),
        "Unknown one capture tells what holds it, not whether it should");

    /// <summary>Who gave a cache a limit is not told to give it one, but how far off it is.</summary>
    [Theory]
    [InlineData(0, "a MemoryCache without SizeLimit keeps entries without expiration for ever", "give the entries an expiration or the cache a SizeLimit")]
    [InlineData(64, "told to hold at most 64, of which 7 is taken", null)]
    public void Trace_ThroughAMemoryCache_IsAboutItsLimitWhereItHasOne(int limit, string says, string? hint)
    {
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.pages").To(h.Object(
            "Microsoft.Extensions.Caching.Memory.MemoryCache",
            ("_options", limit == 0 ? h.Object("Microsoft.Extensions.Caching.Memory.MemoryCacheOptions") : h.Object("Microsoft.Extensions.Caching.Memory.MemoryCacheOptions").With(FactKind.Limit, (ulong)limit)),
            ("_coherentState", h.Object(
                "Microsoft.Extensions.Caching.Memory.MemoryCache+CoherentState",
                ("_stringEntries", h.Object("System.Collections.Concurrent.ConcurrentDictionary<System.String, System.Object>", ("_tables", h.Object("Shop.Order"))))).With(FactKind.Taken, 7)))));

        ExplainedTrace trace = Ask(graph);

        Assert.EndsWith(says, trace.Trace.Path[0].Reason, StringComparison.Ordinal);
        Assert.Equal(hint, trace.Hint);
    }

    /// <summary>Who gave entries a time to live is not told to give them one, but how far off it is.</summary>
    [Theory]
    [InlineData(90, "the entry here expires 90 s after it was read", null)]
    [InlineData(-90, "the entry here expired 90 s before it was read", null)]
    [InlineData(0, "a MemoryCache without SizeLimit keeps entries without expiration for ever", "give the entries an expiration or the cache a SizeLimit")]
    public void Trace_ThroughAnEntryOfAMemoryCache_IsAboutItsExpiryWhereItHasOne(int seconds, string says, string? hint)
    {
        const string Caching = "Microsoft.Extensions.Caching.Memory";
        DateTime read = new(2031, 5, 1, 12, 0, 0, DateTimeKind.Utc);
        using HeapGraph graph = Heap.Of(h =>
        {
            h.ReadAt = read;
            HeapObject entry = h.Object($"{Caching}.CacheEntry", ("_value", h.Object("Shop.Order"))).With(FactKind.LastUsed, (ulong)read.Ticks);
            HeapObject cache = h.Object(
                $"{Caching}.MemoryCache",
                ("_options", h.Object($"{Caching}.MemoryCacheOptions").With(FactKind.ScanPeriod, (ulong)TimeSpan.TicksPerMinute)),
                ("_coherentState", h.Object($"{Caching}.MemoryCache+CoherentState", ("_stringEntries", h.Object($"System.Collections.Concurrent.ConcurrentDictionary<System.String, {Caching}.CacheEntry>", ("_tables", entry))))));
            entry.Set("_cache", cache);
            _ = seconds == 0 ? entry : entry.With(FactKind.ExpiresAt, (ulong)read.AddSeconds(seconds).Ticks);
            h.Static("Shop.pages").To(cache);
        });

        ExplainedTrace trace = Ask(graph);

        Assert.EndsWith(says, trace.Trace.Path[0].Reason, StringComparison.Ordinal);
        Assert.Equal(hint, trace.Hint);
    }

    [Fact]
    public void Trace_OfTheRootProvidersDisposables_HintsAtScopes()
    {
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.services").To(h.Chain(
            "Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope", "_disposables", "System.Collections.Generic.List<System.Object>", "_items", "System.Object[]", "[x]", "Shop.Order")));

        Assert.Equal("resolve disposable transients from a scope and dispose the scope, or create them without the container", Ask(graph).Hint);
    }

    [Fact]
    public void Trace_OfGrowthInTheOwnersCollection_HasTheHintOfTheOwner()
    {
        ExplainedTrace trace = Growth.Rounds.TraceOf((h, operations) => h.Static("Shop.services").To(h.Object(
            "Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope",
            ("_disposables", h.Object("System.Collections.Generic.List<System.Object>", ("_items", h.Array("System.Object[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))])))))));

        Assert.StartsWith("resolve disposable transients from a scope", trace.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_OfMeters_HintsAtReusingThem()
    {
        ExplainedTrace trace = Growth.Rounds.TraceOf((h, operations) => h.Static("System.Diagnostics.Metrics.Meter.s_allMeters").To(h.Object(
            "System.Collections.Generic.List<System.Diagnostics.Metrics.Meter>",
            ("_items", h.Array("System.Diagnostics.Metrics.Meter[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("System.Diagnostics.Metrics.Meter"))])))));

        Assert.Equal("create a Meter and its instruments once and reuse them, or dispose the Meter", trace.Hint);
    }

    [Fact]
    public void Trace_WhoseFactLiesBeforeTheGrowth_HasNoHintFromIt()
    {
        ExplainedTrace trace = Growth.Rounds.TraceOf((h, operations) => h.Static("Shop.services").To(h.Object(
            "Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope",
            ("_disposables", h.Object("System.Collections.Generic.List<System.Object>", ("_items", h.Array("System.Object[]", h.Object(
                "Shop.Store",
                ("orders", h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]))))))))));

        Assert.Null(trace.Hint);
    }

    private static void AssertRegex(ImmutableDictionary<string, Version> versions, string expected)
    {
        using HeapGraph graph = Heap.Of(
            h => h.Static("System.Text.RegularExpressions.RegexCache.s_cacheList").To(h.Chain("System.Collections.Generic.List<System.Object>", "_items", "System.Object[]", "[x]", "Shop.Order")),
            versions);

        TraceElement first = Ask(graph).Trace.Path[0];

        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{first.Leaking} {first.Reason}"));
    }

    private static ExplainedTrace Ask(HeapGraph graph)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        return Assert.Single(query.Ask("Shop.Order", 5, TestContext.Current.CancellationToken).Traces).Trace;
    }
}
