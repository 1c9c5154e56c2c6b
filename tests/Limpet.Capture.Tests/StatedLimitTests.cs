using System.Globalization;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>Captures know how much channels, collections and caches were told to hold at most, and what is taken of that.</summary>
public sealed class StatedLimitTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void Limits_OfEachKind_AreThoseThatWereStated(string? framework)
    {
        using TargetProcess process = TargetProcess.Start("limits", executable: framework is null ? null : OlderRuntime.Executable(framework));
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
        HeapCensus census = HeapCensus.Take(graph, TestContext.Current.CancellationToken);
        string[] expected =
        [
            "s_blocking System.Collections.Concurrent.BlockingCollection<System.String> 1: 3 of 100",
            .. framework is null ? ["s_cache Microsoft.Extensions.Caching.Memory.MemoryCache 1: 70 of 5000"] : Array.Empty<string>(),
            "s_channel System.Threading.Channels.BoundedChannel<System.String> 1: 54 of 1000",
            .. framework is null ? ["s_shared Microsoft.Extensions.Caching.Memory.MemoryCache 2: 50 of 600"] : Array.Empty<string>(),
        ];

        Assert.Equal(
            expected,
            census.Limits
                .Select(limit => (Path: census.Paths.Nodes.Single(node => node.Id == limit.Key), Limit: limit.Value))
                .Where(limit => limit.Path.Root.Name.Contains(".LimitsTarget.", StringComparison.Ordinal) && !limit.Path.Type.EndsWith("Options", StringComparison.Ordinal))
                .Select(limit => $"{limit.Path.Root.Name[(limit.Path.Root.Name.LastIndexOf('.') + 1)..]} {limit.Path.Type} {limit.Limit.Holders}: {limit.Limit.Taken.ToString("0", CultureInfo.InvariantCulture)} of {limit.Limit.Most.ToString("0", CultureInfo.InvariantCulture)}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Expiries_OfACache_AreThoseThatWereStated()
    {
        StatedExpiry expiry = ExpiryOf("s_expiring")!.Value;

        Assert.Equal((6, 1, 1, TimeSpan.FromSeconds(45)), (expiry.Expiring, expiry.Staying, expiry.Expired, expiry.ScanPeriod));
        Assert.InRange(expiry.First, TimeSpan.FromMinutes(-1), TimeSpan.Zero);
        Assert.InRange(expiry.Most, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
    }

    /// <summary>The entries of a cache that never expire are none that expire.</summary>
    [Fact]
    public void Expiries_OfACacheThatWasToldNone_AreNone()
    {
        StatedExpiry expiry = ExpiryOf("s_free")!.Value;

        Assert.Equal((0, 7), (expiry.Expiring, expiry.Staying));
    }

    /// <summary>What a clock of the program's own shows has nothing to do with the time of the reading.</summary>
    [Fact]
    public void Expiries_OfACacheWithAClock_AreNotKnown() => Assert.Null(ExpiryOf("s_clocked"));

    private static StatedExpiry? ExpiryOf(string field)
    {
        using TargetProcess process = TargetProcess.Start("limits");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
        HeapCensus census = HeapCensus.Take(graph, TestContext.Current.CancellationToken);
        PathNode cache = census.Paths.Nodes.Single(node =>
            !node.IsRoot && node.Type.EndsWith(".MemoryCache", StringComparison.Ordinal) && node.Root.Name.EndsWith($".{field}", StringComparison.Ordinal));
        return census.Expiries.TryGetValue(cache.Id, out StatedExpiry expiry) ? expiry : null;
    }

    [Theory]
    [InlineData("a limit", 16, 4, 700L, 700L)]
    [InlineData("no limit", 16, 4, -1L, null)]
    [InlineData("a wide limit", 16, 8, 5_000_000_000, 5_000_000_000)]
    [InlineData("no wide limit", 16, 8, -1L, null)]
    [InlineData("beyond the object", 32, 4, 700L, null)]
    [InlineData("half beyond the object", 28, 8, 700L, null)]
    public unsafe void Read_AFieldOfAnObject_IsTheLimit(string what, int offset, int bytes, long value, long? expected)
    {
        byte* at = stackalloc byte[40];
        if (bytes == 4)
        {
            *(int*)(at + offset) = (int)value;
        }
        else
        {
            *(long*)(at + offset) = value;
        }

        Assert.True((ulong?)expected == new LimitPlace(FactKind.Limit, offset, bytes).Read(at, 32), what);
    }
}
