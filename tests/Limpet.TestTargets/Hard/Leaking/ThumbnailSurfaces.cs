using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Surfaces for thumbnails are pooled. One that is forgotten comes back to the pool by its finalizer, which is clever; but those are put
/// on a shelf by their format, and formats are asked for by number of pixels, so that none is found again: 1 DrawingSurface per
/// operation, resurrected.
/// </summary>
/// <remarks><code>
/// static SurfaceShelves.s_byFormat ─→ ConcurrentDictionary&lt;string, ConcurrentBag&gt; ─→ ConcurrentBag ─→ … ─→ DrawingSurface ─→ int[]
/// </code></remarks>
internal sealed class ThumbnailSurfaces : HardLeak
{
    private readonly ThumbnailPainter _painter = new();

    public override Truth Truth => Truth.Leak(
        "The finalizer of a forgotten DrawingSurface puts it on a shelf of SurfaceShelves.s_byFormat where nobody looks for it.",
        "own",
        FindingTruth.Entries(typeof(DrawingSurface).FullName!, 1, "SurfaceShelves.s_byFormat"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _painter.Paint(article: number);

    /// <summary>The shelves' own count: a weak reference does not see through a finalizer that brings its object back.</summary>
    protected override double[] Measured() => [SurfaceShelves.Waiting];
}

internal sealed class DrawingSurface(int width, int height)
{
    private readonly int[] _pixels = new int[width * height];

    ~DrawingSurface() => SurfaceShelves.Return(this, $"{width}x{height}");

    public void Fill(int colour) => _pixels.AsSpan().Fill(colour);
}

internal static class SurfaceShelves
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<DrawingSurface>> s_byFormat = new(StringComparer.Ordinal);

    public static int Waiting => s_byFormat.Values.Sum(shelf => shelf.Count);

    public static DrawingSurface Rent(int width, int height) =>
        s_byFormat.TryGetValue($"{width * height}", out ConcurrentBag<DrawingSurface>? shelf) && shelf.TryTake(out DrawingSurface? surface)
            ? surface
            : new DrawingSurface(width, height);

    public static void Return(DrawingSurface surface, string format) => s_byFormat.GetOrAdd(format, static _ => []).Add(surface);
}

internal sealed class ThumbnailPainter
{
    public void Paint(int article) => SurfaceShelves.Rent(16, 12).Fill(article);
}
