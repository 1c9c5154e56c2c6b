using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Limpet.Capture.Native;
using Limpet.Results;

namespace Limpet.Capture.Dumps;

/// <summary>
/// What the headers of a Linux core dump say: which memory lies where in the file (<c>elf(5)</c>, 64 bit). Nothing is believed: regions
/// lie inside the file and apart from each other, or the dump is refused.
/// </summary>
/// <param name="Regions">The memory, in the order of addresses.</param>
/// <param name="Notes">Where the notes lie in the file: offset and length.</param>
internal sealed record ElfCore(ImmutableArray<ElfRegion> Regions, ImmutableArray<(ulong Offset, ulong Length)> Notes)
{
    private const int HeaderBytes = 64;
    private const int EntryBytes = 56;
    private const int MachineX64 = 62;
    private const int TypeCore = 4;
    private const int TypeLoad = 1;
    private const int TypeNote = 4;
    private const int ManyEntries = 0xffff;
    private const int MostEntries = 1 << 20;
    private const uint Writable = 2;
    private const ulong EndOfUserAddresses = 1UL << 47;

    /// <summary>Whether a file begins as an ELF file does.</summary>
    public static bool IsElf(ReadOnlySpan<byte> start) => start.StartsWith("\u007fELF"u8);

    /// <summary>Reads the headers.</summary>
    /// <exception cref="LimpetException">It is no core dump that can be read here, or it was cut or altered.</exception>
    public static ElfCore Read(MappedFile file)
    {
        ReadOnlySpan<byte> header = file.Slice(0, HeaderBytes);
        if (header.IsEmpty)
        {
            throw file.Unreadable($"it was cut: {file.Length} bytes are there, fewer than a header has.");
        }

        if (header[4] != 2 || header[5] != 1)
        {
            throw file.Unreadable("it is the dump of a 32-bit or big-endian process, and .NET 8 and later have none on Linux that limpet knows.");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(header[16..]) != TypeCore)
        {
            throw file.Unreadable("it is a program or a library, no core dump.");
        }

        int machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        if (machine != MachineX64)
        {
            throw file.Unreadable(string.Create(CultureInfo.InvariantCulture, $"it is the dump of a process on machine {machine}, and limpet reads those of x64 and arm64."), "Give the dump of a process on one of these.");
        }

        return ReadTable(file, header);
    }

    private static ElfCore ReadTable(MappedFile file, ReadOnlySpan<byte> header)
    {
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        int entryBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[54..]);
        uint count = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        if (count == ManyEntries)
        {
            // More than fit: their number stands in the first section header.
            ReadOnlySpan<byte> section = file.Slice(BinaryPrimitives.ReadUInt64LittleEndian(header[40..]), HeaderBytes);
            count = section.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(section[44..]);
        }

        if (entryBytes != EntryBytes || count is 0 or > MostEntries)
        {
            throw file.Unreadable("it was altered: it has no table of memory.");
        }

        ReadOnlySpan<byte> entries = file.Slice(table, (ulong)count * EntryBytes);
        if (entries.IsEmpty)
        {
            throw file.Unreadable($"it was cut: its table of memory ends at byte {table + ((ulong)count * EntryBytes)}, and it has {file.Length}.");
        }

        var regions = new List<ElfRegion>();
        var notes = ImmutableArray.CreateBuilder<(ulong, ulong)>();
        for (int index = 0; index < (int)count; index++)
        {
            ReadOnlySpan<byte> entry = entries.Slice(index * EntryBytes, EntryBytes);
            var region = new ElfRegion(
                BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]),
                (BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) & Writable) != 0);
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            if (type == TypeNote)
            {
                notes.Add((region.Offset, region.Length));
            }

            if (type != TypeLoad || region.Length == 0)
            {
                continue;
            }

            // What lies above belongs to the kernel: [vsyscall].
            if (region.Start >= EndOfUserAddresses)
            {
                continue;
            }

            if (region.Offset > (ulong)file.Length || region.Length > (ulong)file.Length - region.Offset)
            {
                throw file.Unreadable(string.Create(CultureInfo.InvariantCulture, $"it was cut or altered: memory at 0x{region.Start:x} should end at byte {(Int128)region.Offset + region.Length}, and it has {file.Length} bytes."));
            }

            if (region.Length > EndOfUserAddresses - region.Start)
            {
                throw file.Unreadable(string.Create(CultureInfo.InvariantCulture, $"it was altered: memory at 0x{region.Start:x} does not end inside the address space."));
            }

            regions.Add(region);
        }

        regions.Sort((left, right) => left.Start.CompareTo(right.Start));
        for (int index = 1; index < regions.Count; index++)
        {
            if (regions[index].Start < regions[index - 1].End)
            {
                throw file.Unreadable(string.Create(CultureInfo.InvariantCulture, $"it was altered: it holds memory at 0x{regions[index].Start:x} twice."));
            }
        }

        return new ElfCore([.. regions], notes.ToImmutable());
    }
}
