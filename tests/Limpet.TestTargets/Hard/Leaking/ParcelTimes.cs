using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Estimated times of arrival are kept for half a minute after their last use. A job that keeps the times of all parcels warm uses each of them several times a second: none is ever unused for that long.
/// 1 ArrivalTime per operation.
/// </summary>
/// <remarks><code>
/// ArrivalDesk ─_times→ MemoryCache ─→ ConcurrentDictionary ─→ CacheEntry (expires unused for 30 s, used 0.3 s ago at most) ─_value→ ArrivalTime
/// </code></remarks>
internal sealed class ParcelTimes : HardLeak
{
    private readonly ArrivalDesk _desk = new();

    public override Truth Truth => Truth.Leak(
        "A job of ArrivalDesk uses every entry of its MemoryCache again and again, so that the sliding expiration of none ever comes.",
        "Microsoft.Extensions.Caching.Memory",
        FindingTruth.Entries(typeof(ArrivalTime).FullName!, 1, "ArrivalDesk", "_times", "MemoryCache"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.Estimate(parcel: number));
}

internal sealed record ArrivalTime(int Parcel, byte[] Route);

internal sealed class ArrivalDesk : IDisposable
{
    private static readonly TimeSpan s_unused = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(0.3);

    private readonly MemoryCache _times = new(new MemoryCacheOptions());
    private readonly Timer _warming;

    public ArrivalDesk() => _warming = new Timer(static desk => ((ArrivalDesk)desk!).KeepWarm(), this, s_round, s_round);

    public ArrivalTime Estimate(int parcel)
    {
        return _times.Set(parcel, new ArrivalTime(parcel, new byte[300]), new MemoryCacheEntryOptions { SlidingExpiration = s_unused });
    }

    public void Dispose()
    {
        _warming.Dispose();
        _times.Dispose();
    }

    private void KeepWarm()
    {
        foreach (object parcel in _times.Keys)
        {
            _times.TryGetValue(parcel, out _);
        }
    }
}
