using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Limpet.Capture.EventPipe;

/// <summary>Reads the payload of an event from its beginning to its end.</summary>
internal ref struct EventPayload(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A number of records that take at least <paramref name="leastBytes"/> each.</summary>
    public int ReadCount(int leastBytes)
    {
        uint count = ReadUInt32();
        return Require(count, (ulong)(uint)leastBytes);
    }

    /// <summary>Holds a number of records that was read before against the bytes that are left.</summary>
    public readonly int Require(uint count, ulong leastBytes) => count * leastBytes <= (ulong)rest.Length
        ? (int)count
        : throw new InvalidDataException($"it states {count} records, and {rest.Length} bytes follow");

    /// <summary>UTF-16 up to a zero.</summary>
    public string ReadText()
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(rest);
        int length = characters.IndexOf('\0');
        if (length < 0)
        {
            throw new InvalidDataException("a text has no end");
        }

        string text = characters[..length].ToString();
        Take((length + 1) * sizeof(char));
        return text;
    }

    public void Skip(int length) => Take(length);

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > rest.Length)
        {
            throw new InvalidDataException($"{length} bytes are missing");
        }

        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
