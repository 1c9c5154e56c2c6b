using System.Buffers.Binary;
using System.Numerics;

namespace Limpet.Bench.Fuzzing;

/// <summary>Alters a heap file and makes its checksums right again, as somebody would who means harm.</summary>
internal static class MendedFile
{
    /// <summary>Header and table: the first page.</summary>
    public const int HeadBytes = 4096;

    private const int CountAt = 24;
    private const int ChecksumAt = 28;
    private const int TableAt = 32;
    private const int EntrySize = 24;

    /// <summary>Where the sections lie.</summary>
    public static (int Offset, int Length)[] Sections(byte[] file) => [.. Enumerable.Range(0, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(CountAt)))
        .Select(index => file.AsSpan(TableAt + (index * EntrySize)).ToArray())
        .Select(entry => ((int)BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(8)), (int)BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(16))))];

    public static void Mend(byte[] file)
    {
        (int Offset, int Length)[] sections = Sections(file);
        for (int index = 0; index < sections.Length; index++)
        {
            uint checksum = Crc(file.AsSpan(sections[index].Offset, sections[index].Length));
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(TableAt + (index * EntrySize) + 4), checksum);
        }

        MendHeader(file);
    }

    public static void MendHeader(byte[] file)
    {
        file.AsSpan(ChecksumAt, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(ChecksumAt), Crc(file.AsSpan(0, HeadBytes)));
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }
}
