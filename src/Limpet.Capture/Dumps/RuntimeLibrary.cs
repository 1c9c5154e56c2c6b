using System.Buffers.Binary;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>
/// Finds the library by which a runtime describes its own data (the DAC). It must be of the very build that wrote the dump: that is
/// checked by the build id of the runtime that lies beside it. It is native code that is loaded into limpet, so it is taken from an
/// installed runtime, or from where the dump says that the runtime lay; never from beside the dump, and never from the network.
/// </summary>
internal static class RuntimeLibrary
{
    private const int NoteType = 4;
    private const int BuildIdNote = 3;

    /// <summary>Path of the library; null when there is none of this build.</summary>
    public static string? Find(ModuleInfo runtime, RuntimeFiles files)
    {
        byte[] wanted = files.BuildOf(runtime);
        return wanted.Length == 0 ? null
            : Folders(runtime.FileName).FirstOrDefault(folder => File.Exists(Path.Combine(folder, files.Library)) && files.BuildIn(Path.Combine(folder, files.Runtime)).AsSpan().SequenceEqual(wanted)) is { } found
                ? Path.Combine(found, files.Library)
                : null;
    }

    /// <summary>How a file begins; empty where it cannot be read.</summary>
    internal static byte[] Head(string path)
    {
        const int MostBytes = 1 << 20;
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] head = new byte[(int)Math.Min(MostBytes, file.Length)];
            file.ReadExactly(head);
            return head;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No such file: not the one that is looked for.
            return [];
        }
    }

    /// <summary>The build id of an ELF file, by its notes; empty when it has none.</summary>
    internal static byte[] BuildIdOf(string path)
    {
        byte[] head = Head(path);
        try
        {
            int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(32));
            int count = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(56));
            for (int index = 0; index < count; index++)
            {
                ReadOnlySpan<byte> entry = head.AsSpan(table + (index * 56), 56);
                if (BinaryPrimitives.ReadInt32LittleEndian(entry) == NoteType
                    && FindNote(head.AsSpan((int)BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]), (int)BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]))) is { } found)
                {
                    return found;
                }
            }

            return [];
        }
        catch (ArgumentException)
        {
            // None of this kind: not the one that is looked for.
            return [];
        }
    }

    private static byte[]? FindNote(ReadOnlySpan<byte> notes)
    {
        while (notes.Length >= 12)
        {
            int name = Padded(BinaryPrimitives.ReadInt32LittleEndian(notes));
            int length = BinaryPrimitives.ReadInt32LittleEndian(notes[4..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(notes[8..]) == BuildIdNote && notes.Slice(12, 3).SequenceEqual("GNU"u8))
            {
                return notes.Slice(12 + name, length).ToArray();
            }

            notes = notes[(12 + name + Padded(length))..];
        }

        return null;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static IEnumerable<string> Folders(string recorded)
    {
        // Beside the runtime that limpet itself runs on stand the other installed ones.
        string own = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        string? installed = Path.GetDirectoryName(own);
        IEnumerable<string> all = installed is not null && Directory.Exists(installed) ? Directory.EnumerateDirectories(installed) : [];
        return Path.GetDirectoryName(recorded) is { Length: > 0 } folder ? all.Append(folder) : all;
    }
}
