using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Maps for drivers: each operation draws a tile that was not asked for before, and keeps it in a cache that may take 2,000,000 bytes. That is room for
/// 5,000 tiles, far more than a hunt asks for: nothing shows yet that the cache will stop, but its limit.
/// </summary>
internal sealed class FreightMaps : HarmlessTarget
{
    private readonly TileStore _tiles = new();

    public override Truth Truth => Truth.Harmless(
        "The cache of tiles has a SizeLimit that 5,000 of them reach.",
        "Microsoft.Extensions.Caching.Memory",
        "Clean", "Bounded");

    protected override double Cap => TileStore.Most;

    /// <summary>A full cache drops a twentieth of what is there, and fills again.</summary>
    protected override double Slack => TileStore.Most / 20.0;

    protected override int CheckedOperations => TileStore.Most + 1_000;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        Subjects.Add(_tiles.Draw(number));
    }
}

internal sealed record MapTile(int Square, byte[] Image);

internal sealed class TileStore
{
    public const int Most = SizeLimit / TileSize;
    private const int SizeLimit = 2_000_000;
    private const int TileSize = 400;

    private readonly MemoryCache _tiles = new(new MemoryCacheOptions { SizeLimit = SizeLimit });

    public MapTile Draw(int square)
    {
        MapTile tile = new(square, new byte[TileSize]);
        return _tiles.Set(square, tile, new MemoryCacheEntryOptions { Size = tile.Image.Length });
    }
}
