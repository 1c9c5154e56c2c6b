using System.Collections.Immutable;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// The pieces of buffers that grow by one now and then, with their arrays. How many there are follows from how much is in the buffer, which is counted exactly: judged as objects, a piece in
/// hundreds of operations says the same later and less well. Where there are more buffers each time their pieces are objects like others.
/// </summary>
public sealed class BufferPieces
{
    private readonly HashSet<ulong> wholes;
    private readonly ILookup<string, PathSeries> byType;

    /// <param name="growth">The rounds.</param>
    /// <param name="contents">What changes inside objects over them.</param>
    public BufferPieces(PathGrowth growth, IEnumerable<ContentSeries> contents)
    {
        ArgumentNullException.ThrowIfNull(growth);
        wholes = [.. contents.Where(content => content is { IsInPieces: true, HoldersStay: true }).Select(content => content.Id)];
        byType = growth.Paths.Where(Contains).ToLookup(series => series.Path.Type, StringComparer.Ordinal);
    }

    /// <summary>Whether the objects of a path are such pieces.</summary>
    public bool Contains(PathSeries series) =>
        wholes.Contains(series.Id) || ((series.Path.Traits & TypeTraits.Array) != 0 && wholes.Contains(series.ParentId));

    /// <summary>A type's objects without those that are pieces.</summary>
    public TypeSeries Without(TypeSeries type) => !byType.Contains(type.Type) ? type
        : type with { Counts = Less(type.Counts, byType[type.Type].Select(series => series.Counts)), Bytes = Less(type.Bytes, byType[type.Type].Select(series => series.Bytes)) };

    private static ImmutableArray<double> Less(ImmutableArray<double> values, IEnumerable<ImmutableArray<double>> pieces) =>
        pieces.Aggregate(values, (left, piece) => [.. left.Zip(piece, (all, some) => all - some)]);
}
