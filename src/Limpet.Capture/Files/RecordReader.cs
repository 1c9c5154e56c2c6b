using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Limpet.Heap;

namespace Limpet.Capture.Files;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. Every count is held against the bytes that are left before anything is allocated for it.</summary>
internal sealed unsafe class RecordReader(NativeArray<byte> bytes, SectionId section)
{
    private long at;

    public bool AtEnd => at == bytes.Length;

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ulong ReadUInt64() => (ulong)ReadInt64();

    /// <summary>A number of records that take at least <paramref name="leastBytes"/> each.</summary>
    public int ReadCount(int leastBytes)
    {
        int count = ReadInt32();
        return count >= 0 && count <= (bytes.Length - at) / leastBytes ? count : throw Wrong($"it states {count} records, more than it can hold");
    }

    public string ReadText()
    {
        int length = ReadCount(1);
        return Encoding.UTF8.GetString(Take(length));
    }

    public string? ReadOptionalText() => ReadInt32() switch
    {
        0 => null,
        1 => ReadText(),
        int other => throw Wrong($"{other} stands where 0 or 1 must"),
    };

    public ImmutableArray<string> ReadTexts()
    {
        int count = ReadCount(sizeof(int));
        var texts = ImmutableArray.CreateBuilder<string>(count);
        for (int index = 0; index < count; index++)
        {
            texts.Add(ReadText());
        }

        return texts.MoveToImmutable();
    }

    /// <summary>The values whose names the file lists, by their number in the file.</summary>
    public T[] ReadNames<T>()
        where T : struct, Enum => [.. ReadTexts().Select(name =>
            !char.IsAsciiDigit(name.FirstOrDefault()) && Enum.TryParse(name, out T value) && Enum.IsDefined(value)
                ? value
                : throw Wrong($"'{Limpet.Text.Escaping.Show(name, 40)}' is no {typeof(T).Name}"))];

    public T ReadIndexOf<T>(T[] values)
    {
        int index = ReadInt32();
        return (uint)index < (uint)values.Length ? values[index] : throw Wrong($"{index} is no {typeof(T).Name}");
    }

    /// <summary>Everything that is left, where it is one thing.</summary>
    public ReadOnlySpan<byte> ReadRest() => Take(bytes.Length - at <= int.MaxValue ? (int)(bytes.Length - at) : throw Wrong("it is longer than anything that could stand there"));

    public HeapFileException Wrong(string what) => new($"it was altered: in its section {section}, {what}.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > bytes.Length - at)
        {
            throw Wrong("the records end too early");
        }

        ReadOnlySpan<byte> taken = new(bytes.Pointer + at, length);
        at += length;
        return taken;
    }
}
