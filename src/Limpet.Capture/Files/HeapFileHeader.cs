using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;

namespace Limpet.Capture.Files;

/// <summary>
/// The first page: magic (8 bytes), version (4), flags (4, none yet), length of the file (8), number of sections (4), checksum of
/// the page (4, taken as 0 in its own sum), the section table, zeros.
/// </summary>
internal sealed record HeapFileHeader(long FileLength, ImmutableArray<SectionEntry> Sections)
{
    public const int PageSize = 4096;

    // Like PNG's: a byte that is no text, the name, a line end that careless copying changes, an end of file.
    public const ulong Magic = 0x1A_0A_0D_54_50_4D_4C_89;

    private const int VersionAt = 8;
    private const int FlagsAt = 12;
    private const int LengthAt = 16;
    private const int CountAt = 24;
    private const int ChecksumAt = 28;
    private const int TableAt = 32;
    private const int MostSections = (PageSize - TableAt) / SectionEntry.Size;

    public void Write(Span<byte> page)
    {
        page.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(page, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(page[VersionAt..], HeapFile.Version);
        BinaryPrimitives.WriteInt64LittleEndian(page[LengthAt..], FileLength);
        BinaryPrimitives.WriteInt32LittleEndian(page[CountAt..], Sections.Length);
        for (int index = 0; index < Sections.Length; index++)
        {
            SectionEntry section = Sections[index];
            Span<byte> entry = page.Slice(TableAt + (index * SectionEntry.Size), SectionEntry.Size);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)section.Id);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], section.Checksum);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], section.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], section.Length);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(page[ChecksumAt..], Crc32C.Of(page));
    }

    /// <summary>Reads the page and checks that the sections lie one behind the other inside the file.</summary>
    /// <param name="page">The page; its checksum is cleared.</param>
    /// <param name="actualLength">Length of the file.</param>
    /// <exception cref="HeapFileException">Something is wrong with it.</exception>
    public static HeapFileHeader Read(Span<byte> page, long actualLength)
    {
        if (page.Length < sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(page) != Magic)
        {
            throw new HeapFileException("it is no .limpet file.", "Give a file that limpet snapshot wrote, or a process id.");
        }

        if (page.Length < PageSize)
        {
            throw new HeapFileException($"it was cut: {page.Length} bytes are there, and the header alone has {PageSize}.");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(page[VersionAt..]);
        if (version != HeapFile.Version)
        {
            // Before the checksum: a newer version may compute it in another way.
            throw version is > 0 and < HeapFile.Version
                ? new HeapFileException(
                    string.Create(CultureInfo.InvariantCulture, $"it has version {version} of the format, and this limpet reads version {HeapFile.Version} alone."))
                : version > HeapFile.Version
                ? new HeapFileException(
                    string.Create(CultureInfo.InvariantCulture, $"it has version {version} of the format, and this limpet reads up to version {HeapFile.Version}."),
                    "Read it with a newer limpet: dotnet tool update -g limpet")
                : new HeapFileException(string.Create(CultureInfo.InvariantCulture, $"it was altered: there is no version {version} of the format."));
        }

        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(page[ChecksumAt..]);
        page.Slice(ChecksumAt, sizeof(uint)).Clear();
        int count = BinaryPrimitives.ReadInt32LittleEndian(page[CountAt..]);
        if (Crc32C.Of(page) != checksum || count is < 0 or > MostSections || BinaryPrimitives.ReadInt32LittleEndian(page[FlagsAt..]) != 0)
        {
            throw new HeapFileException("it was altered: the checksum of its header is wrong.");
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(page[LengthAt..]);
        if (length != actualLength)
        {
            throw new HeapFileException(actualLength < length
                ? string.Create(CultureInfo.InvariantCulture, $"it was cut: {actualLength} of {length} bytes are there.")
                : string.Create(CultureInfo.InvariantCulture, $"it was altered: it has {actualLength} bytes and should have {length}."));
        }

        return new HeapFileHeader(length, ReadTable(page, count, length));
    }

    private static ImmutableArray<SectionEntry> ReadTable(ReadOnlySpan<byte> page, int count, long fileLength)
    {
        var sections = ImmutableArray.CreateBuilder<SectionEntry>(count);
        long end = PageSize;
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> entry = page.Slice(TableAt + (index * SectionEntry.Size), SectionEntry.Size);
            SectionEntry section = new(
                (SectionId)BinaryPrimitives.ReadUInt32LittleEndian(entry),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[16..]));

            // In order and apart, so that what is allocated for them is never more than the file is long.
            if (section.Offset < end || section.Offset % PageSize != 0 || section.Length < 0 || section.Length > fileLength - section.Offset)
            {
                throw new HeapFileException($"it was altered: its section {section.Id} does not lie where a section can lie.");
            }

            end = section.End;
            sections.Add(section);
        }

        return sections.MoveToImmutable();
    }
}
