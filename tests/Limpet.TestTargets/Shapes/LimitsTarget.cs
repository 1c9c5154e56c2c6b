using System.Collections.Concurrent;
using System.Threading.Channels;
#if NET10_0_OR_GREATER
using Microsoft.Extensions.Caching.Memory;
#endif

namespace Limpet.TestTargets;

/// <summary>Channels, collections and caches that were told how much they may hold, and some that were not.</summary>
/// <remarks><code>
/// limited:  s_channel 54 of 1,000   s_blocking 3 of 100   s_cache 7 entries of 10 of 5,000   s_shared two caches with one limit of 300, 20 and 30 of it taken
/// expiring: s_expiring 3 in ten minutes, 2 when nobody used them for an hour, 1 when it is read, 1 never, looked for every 45 s
///           s_clocked 1 in ten minutes of a clock that stands still
/// not:      s_unbounded   s_endless   s_free
/// </code></remarks>
internal sealed class LimitsTarget : Target
{
    private static readonly Channel<string> s_channel = Channel.CreateBounded<string>(1_000);
    private static readonly BlockingCollection<string> s_blocking = new(boundedCapacity: 100);
    private static readonly Channel<string> s_unbounded = Channel.CreateUnbounded<string>();
    private static readonly BlockingCollection<string> s_endless = [];
#if NET10_0_OR_GREATER
    private static readonly MemoryCacheOptions s_options = new() { SizeLimit = 300 };
    private static readonly MemoryCache s_cache = new(new MemoryCacheOptions { SizeLimit = 5_000 });
    private static readonly MemoryCache[] s_shared = [new(s_options), new(s_options)];
    private static readonly MemoryCache s_free = new(new MemoryCacheOptions());
    private static readonly MemoryCache s_clocked = new(new MemoryCacheOptions { Clock = new StoppedClock() });
    private static readonly MemoryCache s_expiring = new(new MemoryCacheOptions { ExpirationScanFrequency = TimeSpan.FromSeconds(45) });
#endif

    public override string Build()
    {
        for (int item = 0; item < 54; item++)
        {
            s_channel.Writer.TryWrite($"item {item}");
            s_unbounded.Writer.TryWrite($"item {item}");
        }

        for (int item = 0; item < 3; item++)
        {
            s_blocking.Add($"item {item}");
            s_endless.Add($"item {item}");
        }

#if NET10_0_OR_GREATER
        for (int page = 0; page < 7; page++)
        {
            s_cache.Set(page, $"page {page}", new MemoryCacheEntryOptions { Size = 10 });
            s_free.Set(page, $"page {page}");
        }

        s_clocked.Set("offer", "open", TimeSpan.FromMinutes(10));
        for (int offer = 0; offer < 3; offer++)
        {
            s_expiring.Set($"offer {offer}", "open", TimeSpan.FromMinutes(10));
        }

        for (int session = 0; session < 2; session++)
        {
            s_expiring.Set($"session {session}", "open", new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromHours(1), AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(9) });
        }

        s_expiring.Set("quote", "open", TimeSpan.FromMilliseconds(1));
        s_expiring.Set("tariff", "open");
        s_shared[0].Set("first", "page", new MemoryCacheEntryOptions { Size = 20 });
        s_shared[1].Set("second", "page", new MemoryCacheEntryOptions { Size = 30 });
#endif
        return $"limits={s_channel.Reader.Count}";
    }

#if NET10_0_OR_GREATER
    private sealed class StoppedClock : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow { get; } = DateTimeOffset.UtcNow;
    }
#endif
}
