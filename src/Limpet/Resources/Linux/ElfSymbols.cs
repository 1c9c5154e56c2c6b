using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Resources.Linux;

/// <summary>Names of the dynamic symbols of an ELF file (64 bit, little endian): only the string table is read, whatever the size of the file.</summary>
internal static class ElfSymbols
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const uint StringTable = 3; // SHT_STRTAB
    private const ulong Loaded = 2; // SHF_ALLOC: of the string tables only the dynamic one is loaded
    private const int MostBytes = 64 << 20;

    /// <summary>The first of <paramref name="names"/> that the file exports or imports; null when it has none or is no such file.</summary>
    public static string? FirstOf(string path, params ReadOnlySpan<string> names)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            ReadOnlySpan<byte> table = DynamicStrings(file);
            foreach (string name in names)
            {
                // Names in the table end in a zero byte, and start after one.
                if (table.IndexOf(System.Text.Encoding.ASCII.GetBytes('\0' + name + '\0')) >= 0)
                {
                    return name;
                }
            }

            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> DynamicStrings(SafeFileHandle file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (RandomAccess.Read(file, header, 0) < HeaderSize || !header.StartsWith("\u007fELF\u0002\u0001"u8))
        {
            return [];
        }

        long sections = BinaryPrimitives.ReadInt64LittleEndian(header[40..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        byte[] headers = new byte[count * SectionHeaderSize];
        if (sections <= 0 || RandomAccess.Read(file, headers, sections) < headers.Length)
        {
            return [];
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> section = headers.AsSpan(i * SectionHeaderSize, SectionHeaderSize);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(section[24..]);
            long size = BinaryPrimitives.ReadInt64LittleEndian(section[32..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) == StringTable
                && (BinaryPrimitives.ReadUInt64LittleEndian(section[8..]) & Loaded) != 0
                && offset >= 0 && size is > 0 and < MostBytes)
            {
                byte[] table = new byte[size];
                return table.AsSpan(0, RandomAccess.Read(file, table, offset));
            }
        }

        return [];
    }
}
