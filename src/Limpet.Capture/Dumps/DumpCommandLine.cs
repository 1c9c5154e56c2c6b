using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Limpet.Capture.Native;

namespace Limpet.Capture.Dumps;

/// <summary>
/// The command line of a dumped process. The kernel lays a process's words, environment and auxiliary vector on its first stack one behind the other; a
/// dump has the vector as a note of its own (<c>NT_AUXV</c>), by which the place is found, and the words lie before it. A dump without that
/// memory still has the first 80 bytes of the line (<c>NT_PRPSINFO</c>), if the kernel wrote it.
/// </summary>
internal sealed unsafe class DumpCommandLine(MappedFile file, ElfCore core, CoreMemory memory)
{
    private const int ProcessInfo = 3;
    private const int Auxiliary = 6;
    private const int NoteHeader = 12;
    private const int NameOffset = 40;
    private const int NameBytes = 16;
    private const int WordsOffset = 56;
    private const int WordsBytes = 80;
    private const int MostWords = 4096;
    private const int MostPointers = 1 << 16;
    private const int MostBytes = 1 << 20;
    private const ulong LowestPointer = 1 << 16;
    private const ulong ExecutableName = 31;

    /// <summary>The words; empty where the dump does not hold them.</summary>
    public ImmutableArray<string> Read()
    {
        byte[] info = [];
        foreach ((ulong offset, ulong length) in core.Notes)
        {
            ReadOnlySpan<byte> notes = file.Slice(offset, length);
            while (TryTake(ref notes, out int type, out ReadOnlySpan<byte> content))
            {
                if (type == Auxiliary && Words(content) is { IsEmpty: false } words)
                {
                    return words;
                }

                info = type == ProcessInfo ? content.ToArray() : info;
            }
        }

        return FromInfo(info);
    }

    private static bool TryTake(ref ReadOnlySpan<byte> notes, out int type, out ReadOnlySpan<byte> content)
    {
        type = 0;
        content = [];
        if (notes.Length < NoteHeader)
        {
            return false;
        }

        uint name = BinaryPrimitives.ReadUInt32LittleEndian(notes);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]);
        type = BinaryPrimitives.ReadInt32LittleEndian(notes[8..]);
        ulong start = NoteHeader + Aligned(name);
        ulong end = start + Aligned(length);
        if (start + length > (ulong)notes.Length)
        {
            return false;
        }

        content = notes.Slice((int)start, (int)length);
        notes = notes[(int)Math.Min(end, (ulong)notes.Length)..];
        return true;
    }

    private static ulong Aligned(uint length) => (length + 3UL) & ~3UL;

    private static ImmutableArray<string> FromInfo(ReadOnlySpan<byte> info)
    {
        if (info.Length < WordsOffset + WordsBytes)
        {
            return [];
        }

        string words = Text(info.Slice(WordsOffset, WordsBytes));
        string name = Text(info.Slice(NameOffset, NameBytes));
        return words.Length > 0 ? [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : name.Length > 0 ? [name] : [];
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);

    /// <summary>The words by the pointers that stand before the vector; empty where something is not as the kernel leaves it.</summary>
    private ImmutableArray<string> Words(ReadOnlySpan<byte> vector)
    {
        if (AddressOf(vector) is not { } at || !TryRead(at - sizeof(ulong), out ulong end) || end != 0)
        {
            return [];
        }

        // Back over the environment, which is not looked at, to the zero behind the words.
        ulong zero = at - (2 * sizeof(ulong));
        for (int index = 0; ; index++, zero -= sizeof(ulong))
        {
            if (index == MostPointers || !TryRead(zero, out ulong pointer))
            {
                return [];
            }

            if (pointer == 0)
            {
                break;
            }
        }

        // Before the pointers stands how many they are.
        int count = 0;
        for (ulong pointer; !TryRead(zero - ((ulong)(count + 1) * sizeof(ulong)), out pointer) || pointer != (ulong)count; count++)
        {
            if (pointer < LowestPointer || count == MostWords)
            {
                return [];
            }
        }

        ulong[] pointers = new ulong[count];
        for (int index = 0; index < count; index++)
        {
            if (!TryRead(zero - ((ulong)(count - index) * sizeof(ulong)), out pointers[index]))
            {
                return [];
            }
        }

        return WordsAt(pointers);
    }

    /// <summary>The words, which the kernel lays one behind the other: they are read at once.</summary>
    private ImmutableArray<string> WordsAt(ulong[] pointers)
    {
        if (pointers.Length == 0)
        {
            return [];
        }

        ulong first = pointers.Min();
        byte[] bytes = new byte[MostBytes];
        int read;
        fixed (byte* destination = bytes)
        {
            read = (int)memory.Read(first, destination, MostBytes);
        }

        var words = ImmutableArray.CreateBuilder<string>(pointers.Length);
        foreach (ulong pointer in pointers)
        {
            ulong at = pointer - first;
            int length = at < (ulong)read ? bytes.AsSpan((int)at..read).IndexOf((byte)0) : -1;
            if (length < 0)
            {
                return [];
            }

            words.Add(Encoding.UTF8.GetString(bytes, (int)at, length));
        }

        return words.MoveToImmutable();
    }

    /// <summary>Where the vector itself lies: in the region of the stack, which its own pointer to the program's name leads to.</summary>
    private ulong? AddressOf(ReadOnlySpan<byte> vector)
    {
        for (int at = 0; at + 16 <= vector.Length; at += 16)
        {
            ulong pointer = BinaryPrimitives.ReadUInt64LittleEndian(vector[(at + 8)..]);
            if (BinaryPrimitives.ReadUInt64LittleEndian(vector[at..]) == ExecutableName
                && core.Regions.FirstOrDefault(region => region.Start <= pointer && pointer < region.End) is { Length: > 0 } stack)
            {
                int found = file.Slice(stack.Offset, stack.Length).LastIndexOf(vector);
                return found < 0 ? null : stack.Start + (ulong)found;
            }
        }

        return null;
    }

    private bool TryRead(ulong address, out ulong value) => memory.TryRead(address, out value);
}
