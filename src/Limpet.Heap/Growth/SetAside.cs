using System.Collections.Immutable;

namespace Limpet.Heap.Growth;

/// <summary>Paths whose objects are not judged as objects by themselves: the pieces of buffers, and what is in caches and channels whose bound is known or was read.</summary>
public sealed class SetAside
{
    private readonly BufferPieces pieces;
    private readonly KnownCaches caches;
    private readonly Dictionary<ulong, string> bounds = [];
    private readonly Dictionary<ulong, string> boundsOfContents = [];
    private readonly ILookup<string, PathSeries> byType;

    /// <param name="growth">The rounds.</param>
    /// <param name="contents">What changes inside objects over them.</param>
    public SetAside(PathGrowth growth, IEnumerable<ContentSeries> contents)
    {
        ArgumentNullException.ThrowIfNull(growth);
        ContentSeries[] inside = [.. contents];
        pieces = new BufferPieces(inside);
        caches = new KnownCaches(growth);
        LimitedCaches limited = new(growth);
        ExpiringCaches expiring = new(growth);
        foreach (PathSeries series in growth.Paths)
        {
            if ((caches.BoundOf(series) ?? limited.BoundOf(series) ?? expiring.BoundOf(series)) is { } bound)
            {
                bounds.Add(series.Id, bound);
            }
        }

        foreach (ContentSeries content in inside)
        {
            if (limited.BoundOf(content) is { } bound)
            {
                boundsOfContents.Add(content.Id, bound);
            }
        }

        byType = growth.Paths.Where(series => IsPiece(series) || bounds.ContainsKey(series.Id)).ToLookup(series => series.Path.Type, StringComparer.Ordinal);
    }

    /// <summary>Whether the objects of a path are pieces of a buffer, which is counted instead.</summary>
    public bool IsPiece(PathSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return pieces.Contains(series);
    }

    /// <summary>What is known to bound the objects of a path, in a sentence without a full stop; null where nothing is.</summary>
    public string? BoundOf(ulong id) => bounds.GetValueOrDefault(id);

    /// <summary>The same of the elements of a collection that is a part of what has a limit.</summary>
    public string? BoundOfContent(ulong id) => boundsOfContents.GetValueOrDefault(id);

    /// <summary>Whether a path lies in a cache whose bound is known, however much is there, or is bounded by a limit that was read.</summary>
    public bool IsInCache(ulong id) => caches.Have(id) || bounds.ContainsKey(id) || boundsOfContents.ContainsKey(id);

    /// <summary>A type's objects without those that are set aside.</summary>
    public TypeSeries Without(TypeSeries type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return !byType.Contains(type.Type) ? type
            : type with { Counts = Less(type.Counts, byType[type.Type].Select(series => series.Counts)), Bytes = Less(type.Bytes, byType[type.Type].Select(series => series.Bytes)) };
    }

    private static ImmutableArray<double> Less(ImmutableArray<double> values, IEnumerable<ImmutableArray<double>> some) =>
        some.Aggregate(values, (left, aside) => [.. left.Zip(aside, (all, part) => all - part)]);
}
