using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Limpet.Capture.Files;

/// <summary>Writes the records of a section: little-endian numbers, and texts as length and UTF-8.</summary>
internal sealed class RecordWriter(Action<ReadOnlySpan<byte>> sink)
{
    private const int FlushAt = 1 << 20;
    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt + 4096);

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), value);
        Advance(sizeof(int));
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), value);
        Advance(sizeof(long));
    }

    public void Write(ulong value) => Write((long)value);

    public void Write(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(Math.Max(1, length))));
    }

    /// <summary>A text or none, which is not the same as an empty one.</summary>
    public void WriteOptional(string? text)
    {
        Write(text is null ? 0 : 1);
        if (text is not null)
        {
            Write(text);
        }
    }

    public void Write(ImmutableArray<string> texts)
    {
        Write(texts.Length);
        foreach (string text in texts)
        {
            Write(text);
        }
    }

    /// <summary>The names of an enum: its numbers may change from version to version of the tool, so files refer to the names.</summary>
    public void WriteNames<T>()
        where T : struct, Enum => Write([.. Enum.GetValues<T>().Order().Select(value => value.ToString())]);

    public void Flush()
    {
        sink(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    private void Advance(int count)
    {
        buffer.Advance(count);
        if (buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }
}
