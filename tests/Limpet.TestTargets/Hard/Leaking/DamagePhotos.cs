using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Photos of damaged parcels are kept in a cache that may take 64 MB. Each says its size in whole megabytes, and none is that large: all of them take
/// nothing of the limit, which never comes. 1 DamagePhoto per operation.
/// </summary>
/// <remarks><code>
/// DamageDesk ─_photos→ MemoryCache (SizeLimit 64, 0 taken) ─→ ConcurrentDictionary ─→ CacheEntry ─_value→ DamagePhoto
/// </code></remarks>
internal sealed class DamagePhotos : HardLeak
{
    private readonly DamageDesk _desk = new();

    public override Truth Truth => Truth.Leak(
        "DamageDesk states the sizes of photos in whole megabytes, which are 0: the SizeLimit of its MemoryCache never comes.",
        "framework",
        FindingTruth.Entries(typeof(DamagePhoto).FullName!, 1, "DamageDesk", "_photos", "MemoryCache"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.Open(claim: number));
}

internal sealed record DamagePhoto(int Claim, byte[] Image);

internal sealed class DamageDesk
{
    private const int Megabyte = 1 << 20;

    private readonly MemoryCache _photos = new(new MemoryCacheOptions { SizeLimit = 64 });

    public DamagePhoto Open(int claim)
    {
        DamagePhoto photo = new(claim, new byte[900]);
        return _photos.Set(claim, photo, new MemoryCacheEntryOptions { Size = photo.Image.Length / Megabyte });
    }
}
