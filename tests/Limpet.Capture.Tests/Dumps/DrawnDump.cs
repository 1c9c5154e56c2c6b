using System.Buffers.Binary;
using System.Text;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>A core dump that a test has drawn: notes, and the memory of one stack as the kernel lays it out.</summary>
internal sealed class DrawnDump
{
    public const ulong Stack = 0x7ffc_0000_0000;
    public const int StackBytes = 0x4000;
    public const int NotesAt = 64 + (2 * 56);
    private const int VectorAt = 0x1000;
    private const int WordsAt = 0x2000;
    private const int NameAt = 0x3f00;

    /// <summary>The memory of the stack, as the dump will hold it.</summary>
    public byte[] Memory { get; } = new byte[StackBytes];

    /// <summary>The notes one behind the other.</summary>
    public List<byte> Notes { get; } = [];

    /// <summary>Where the pointer to a word stands in the memory.</summary>
    public static int PointerAt(int word, int words) => VectorAt - (2 * 8) - 8 - ((words - word) * 8);

    /// <summary>Lays words on the stack, their pointers and an environment of one entry before the vector, and adds the note of the vector.</summary>
    public DrawnDump Words(params string[] words)
    {
        int at = WordsAt;
        for (int word = 0; word < words.Length; word++)
        {
            Write(PointerAt(word, words.Length), Stack + (ulong)at);
            at += Encoding.UTF8.GetBytes(words[word], Memory.AsSpan(at)) + 1;
        }

        Write(PointerAt(0, words.Length) - 8, (ulong)words.Length);
        Write(VectorAt - 16, Stack + (ulong)at); // the environment, between two zeros
        byte[] vector = [.. Long(6), .. Long(4096), .. Long(31), .. Long(Stack + NameAt), .. Long(0), .. Long(0)];
        vector.CopyTo(Memory, VectorAt);
        return Note(6, vector);
    }

    /// <summary>Adds what the kernel notes of a process: its name, and how its command line begins.</summary>
    public DrawnDump ProcessInfo(string name, string line)
    {
        byte[] info = new byte[136];
        Encoding.UTF8.GetBytes(name, info.AsSpan(40, 16));
        Encoding.UTF8.GetBytes(line, info.AsSpan(56, 80));
        return Note(3, info);
    }

    public DrawnDump Note(int type, byte[] content)
    {
        Notes.AddRange([.. Int(5), .. Int(content.Length), .. Int(type), .. "CORE\0\0\0\0"u8, .. content]);
        while (Notes.Count % 4 != 0)
        {
            Notes.Add(0);
        }

        return this;
    }

    public void Write(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Memory.AsSpan(at), value);

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        int memoryAt = NotesAt + Notes.Count;
        return
        [
            .. "\u007fELF"u8, 2, 1, 1, .. new byte[9], 4, 0, 62, 0, .. Int(1), .. Long(0), .. Long(64), .. Long(0), .. Int(0), 64, 0, 56, 0, 2, 0, .. new byte[6],
            .. Int(4), .. Int(0), .. Long(NotesAt), .. Long(0), .. Long(0), .. Long((ulong)Notes.Count), .. Long(0), .. Long(4),
            .. Int(1), .. Int(6), .. Long((ulong)memoryAt), .. Long(Stack), .. Long(0), .. Long(StackBytes), .. Long(StackBytes), .. Long(4096),
            .. Notes,
            .. Memory,
        ];
    }

    private static byte[] Int(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Long(ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
