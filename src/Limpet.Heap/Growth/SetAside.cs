using System.Collections.Immutable;

namespace Limpet.Heap.Growth;

/// <summary>Paths whose objects are not judged as objects: the pieces of buffers, and what is in caches of the runtime whose bound is known.</summary>
public sealed class SetAside
{
    private readonly HashSet<ulong> paths;
    private readonly ILookup<string, PathSeries> byType;

    /// <param name="growth">The rounds.</param>
    /// <param name="contents">What changes inside objects over them.</param>
    public SetAside(PathGrowth growth, IEnumerable<ContentSeries> contents)
    {
        ArgumentNullException.ThrowIfNull(growth);
        BufferPieces pieces = new(contents);
        PathSeries[] aside = [.. growth.Paths.Where(series => pieces.Contains(series) || KnownCaches.Hold(series))];
        paths = [.. aside.Select(series => series.Id)];
        byType = aside.ToLookup(series => series.Path.Type, StringComparer.Ordinal);
    }

    /// <summary>Whether the objects of a path are not judged.</summary>
    public bool Contains(PathSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return paths.Contains(series.Id);
    }

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
