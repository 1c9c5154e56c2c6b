using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Limpet.Capture.Dumps;

/// <summary>On which system a dump was written, as its first bytes say. The runtime in it describes itself by a library for that system and architecture, which runs nowhere else.</summary>
internal static class DumpOrigin
{
    private const int MostBytes = 4096;
    private const int ElfCoreType = 4;
    private const int MachCoreType = 4;
    private const int SystemInfoStream = 7;
    private const int StreamEntryBytes = 12;

    /// <summary>Whether a file begins as a dump of any system does.</summary>
    public static bool BeginsAsDump(ReadOnlySpan<byte> start) => ElfCore.IsElf(start) || IsMinidump(start) || IsMach(start);

    /// <summary>The system; null for what is no dump of a known one, and for a file that cannot be read.</summary>
    public static CaptureSystem? Of(string path)
    {
        try
        {
            // Opening a pipe would wait for somebody to write into it.
            if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            {
                return null;
            }

            using FileStream file = File.OpenRead(path);
            byte[] start = new byte[MostBytes];
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return Of(start.AsSpan(0, length), (offset, bytes) =>
            {
                file.Position = offset;
                return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The same by the first bytes.</summary>
    /// <param name="start">Some kilobytes, or the whole file.</param>
    /// <param name="read">Reads other bytes of the file.</param>
    internal static CaptureSystem? Of(ReadOnlySpan<byte> start, Func<long, byte[], bool> read)
    {
        const int Elf64 = 2;
        if (ElfCore.IsElf(start) && start.Length >= 20 && start[4] == Elf64 && BinaryPrimitives.ReadUInt16LittleEndian(start[16..]) == ElfCoreType)
        {
            return BinaryPrimitives.ReadUInt16LittleEndian(start[18..]) switch { 62 => Linux(Architecture.X64), 183 => Linux(Architecture.Arm64), _ => null };
        }

        if (IsMach(start) && start.Length >= 16 && BinaryPrimitives.ReadInt32LittleEndian(start[12..]) == MachCoreType)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(start[4..]) switch { 0x0100_0007 => MacOS(Architecture.X64), 0x0100_000c => MacOS(Architecture.Arm64), _ => null };
        }

        return IsMinidump(start) && start.Length >= 16 ? OfMinidump(BinaryPrimitives.ReadUInt32LittleEndian(start[8..]), BinaryPrimitives.ReadUInt32LittleEndian(start[12..]), read) : null;
    }

    private static bool IsMinidump(ReadOnlySpan<byte> start) => start.StartsWith("MDMP"u8);

    private static bool IsMach(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xcf, 0xfa, 0xed, 0xfe]);

    private static CaptureSystem Linux(Architecture architecture) => new("Linux", architecture);

    private static CaptureSystem MacOS(Architecture architecture) => new("macOS", architecture);

    /// <summary>A minidump says its architecture in a stream of its own, which its directory leads to.</summary>
    private static CaptureSystem? OfMinidump(uint streams, uint directory, Func<long, byte[], bool> read)
    {
        const uint MostStreams = 1024;
        byte[] entry = new byte[StreamEntryBytes];
        for (uint stream = 0; stream < Math.Min(streams, MostStreams) && read(directory + ((long)stream * StreamEntryBytes), entry); stream++)
        {
            byte[] architecture = new byte[2];
            if (BinaryPrimitives.ReadInt32LittleEndian(entry) == SystemInfoStream && read(BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(8)), architecture))
            {
                return BinaryPrimitives.ReadUInt16LittleEndian(architecture) switch
                {
                    9 => new CaptureSystem("Windows", Architecture.X64),
                    12 => new CaptureSystem("Windows", Architecture.Arm64),
                    0 => new CaptureSystem("Windows", Architecture.X86),
                    _ => null,
                };
            }
        }

        return null;
    }
}
