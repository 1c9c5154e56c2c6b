namespace Limpet.Capture.Files;

/// <summary>Where a section stands: 24 bytes of the table.</summary>
/// <param name="Id">Which one it is.</param>
/// <param name="Checksum">CRC-32C of its bytes.</param>
/// <param name="Offset">Where it begins: a multiple of <see cref="HeapFileHeader.PageSize"/>.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct SectionEntry(SectionId Id, uint Checksum, long Offset, long Length)
{
    public const int Size = 24;

    public long End => Offset + Length;
}
