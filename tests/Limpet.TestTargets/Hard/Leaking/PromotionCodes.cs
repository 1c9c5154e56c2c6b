using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A cache of what a shop promotes. What a visitor has looked at goes ten minutes later; the codes that are given out in the same moment were forgotten when that was decided, and stay.
/// 1 PromotionCode per operation.
/// </summary>
/// <remarks><code>
/// PromotionDesk ─_cache→ MemoryCache ─→ ConcurrentDictionary ─→ CacheEntry (expires in ten minutes) ─_value→ ShopVisit     every fourth operation
///                                                            └→ CacheEntry (never expires)          ─_value→ PromotionCode
/// </code></remarks>
internal sealed class PromotionCodes : HardLeak
{
    private readonly PromotionDesk _desk = new();

    public override Truth Truth => Truth.Leak(
        "PromotionDesk gives the codes in its MemoryCache no time to expire, as it does the visits beside them.",
        "Microsoft.Extensions.Caching.Memory",
        FindingTruth.Entries(typeof(PromotionCode).FullName!, 1, "PromotionDesk", "_cache", "MemoryCache"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.GiveOut(number));
}

internal sealed record PromotionCode(int Number, byte[] Terms);

internal sealed record ShopVisit(int Number);

internal sealed class PromotionDesk
{
    private static readonly TimeSpan s_visit = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions());

    public PromotionCode GiveOut(int number)
    {
        if (number % 4 == 0)
        {
            _cache.Set($"visit {number}", new ShopVisit(number), s_visit);
        }

        return _cache.Set($"code {number}", new PromotionCode(number, new byte[200]));
    }
}
