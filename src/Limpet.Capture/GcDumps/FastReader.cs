using System.Buffers.Binary;
using System.Text;
using Limpet.Capture.Native;
using Limpet.Results;

namespace Limpet.Capture.GcDumps;

/// <summary>
/// Reads a FastSerialization stream (version 1, the base of <c>.gcdump</c> and <c>.nettrace</c> files): little-endian numbers, texts as
/// length and UTF-8, objects between tags. Every count is held against the bytes that are left before anything is allocated for it.
/// </summary>
internal sealed unsafe class FastReader(MappedFile file)
{
    /// <summary>How a stream begins: the length of a text, and the text.</summary>
    public static ReadOnlySpan<byte> Signature => "\u0014\0\0\0!FastSerialization.1"u8;

    public long Position { get; set; }

    public byte ReadByte() => Take(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public string? ReadText()
    {
        int length = ReadInt32();
        return length == -1 ? null : Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>A number of things that take at least <paramref name="leastBytes"/> each.</summary>
    public int ReadCount(int leastBytes)
    {
        int count = ReadInt32();
        return count >= 0 && count <= (file.Length - Position) / leastBytes ? count : throw Wrong($"{count} records are stated at byte {Position - 4}, more than it can hold");
    }

    /// <summary>Skips <paramref name="length"/> bytes, and returns where they lie.</summary>
    public byte* Skip(long length)
    {
        if (length < 0 || length > file.Length - Position)
        {
            throw Wrong($"{length} bytes should follow byte {Position}");
        }

        byte* at = file.Pointer + Position;
        Position += length;
        return at;
    }

    /// <summary>Reads the beginning of an object with its type; null for no object.</summary>
    public FastType? BeginObject(int depth = 0)
    {
        FastTag tag = (FastTag)ReadByte();
        return tag switch
        {
            FastTag.Null => null,
            FastTag.BeginObject or FastTag.BeginPrivateObject => ReadType(depth),
            _ => throw Wrong($"an object should begin at byte {Position - 1}"),
        };
    }

    /// <summary>Reads the end of an object.</summary>
    public void EndObject()
    {
        if ((FastTag)ReadByte() != FastTag.EndObject)
        {
            throw Wrong($"an object should end at byte {Position - 1}");
        }
    }

    public LimpetException Wrong(string what) => file.Unreadable($"it was cut or altered: {what}; it has {file.Length} bytes.");

    private FastType ReadType(int depth)
    {
        const int MaxDepth = 4;
        FastTag tag = (FastTag)ReadByte();
        if (tag == FastTag.Reference && depth < MaxDepth)
        {
            // The type was written with an earlier object: go there and come back.
            long back = Position + 4;
            Position = (uint)ReadInt32();
            FastTag there = (FastTag)ReadByte();
            FastType found = there is FastTag.BeginObject or FastTag.BeginPrivateObject ? ReadTypeObject() : throw Wrong($"no type stands at byte {Position - 1}");
            Position = back;
            return found;
        }

        return tag is FastTag.BeginObject or FastTag.BeginPrivateObject ? ReadTypeObject() : throw Wrong($"a type should begin at byte {Position - 1}");
    }

    private FastType ReadTypeObject()
    {
        // The type of a type is none.
        if ((FastTag)ReadByte() != FastTag.Null)
        {
            throw Wrong($"a type should begin at byte {Position - 1}");
        }

        int version = ReadInt32();
        int leastReader = ReadInt32();
        string name = ReadText() ?? "";
        EndObject();
        return new FastType(name, version, leastReader);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0)
        {
            throw Wrong($"{length} bytes should follow byte {Position}");
        }

        return new ReadOnlySpan<byte>(Skip(length), length);
    }
}
