using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Makes the thumbnails of an article's photos: 20 MB of tiles per operation, all garbage when it ends, but for the last thumbnail.
/// </summary>
internal sealed class PhotoThumbnails : HarmlessTarget
{
    private readonly ThumbnailMaker _maker = new();

    public override Truth Truth => Truth.Harmless(
        "An operation allocates 20 MB in tiles and keeps only one thumbnail, in place of the one before.", "own", "Clean");

    protected override double Cap => 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_maker.Make(number));
}

internal sealed record Thumbnail(int Article, byte[] Pixels);

internal sealed class ThumbnailMaker
{
    private const int Tiles = 1_280;
    private const int TileBytes = 16 * 1_024;
    private const int ThumbnailBytes = 4_096;

    public Thumbnail? Latest { get; private set; }

    public Thumbnail Make(int article)
    {
        List<byte[]> tiles = [];
        byte[] pixels = new byte[ThumbnailBytes];
        for (int tile = 0; tile < Tiles; tile++)
        {
            byte[] decoded = new byte[TileBytes];
            decoded[tile % TileBytes] = (byte)article;
            tiles.Add(decoded);
        }

        for (int tile = 0; tile < tiles.Count; tile++)
        {
            pixels[tile] = tiles[tile][tile % TileBytes];
        }

        return Latest = new Thumbnail(article, pixels);
    }
}
