namespace Limpet.Heap.Growth;

/// <summary>
/// The pieces of buffers that grow by one now and then, with their arrays. How many there are follows from how much is in the buffer, which is counted exactly: judged as objects, a piece in
/// hundreds of operations says the same later and less well. Where there are more buffers each time their pieces are objects like others.
/// </summary>
/// <param name="contents">What changes inside objects over the rounds.</param>
internal sealed class BufferPieces(IEnumerable<ContentSeries> contents)
{
    private readonly HashSet<ulong> wholes = [.. contents.Where(content => content is { IsInPieces: true, HoldersStay: true }).Select(content => content.Id)];

    /// <summary>Whether the objects of a path are such pieces.</summary>
    public bool Contains(PathSeries series) =>
        wholes.Contains(series.Id) || ((series.Path.Traits & TypeTraits.Array) != 0 && wholes.Contains(series.ParentId));
}
