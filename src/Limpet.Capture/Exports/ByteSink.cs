using System.Buffers.Binary;
using System.Text;

namespace Limpet.Capture.Exports;

/// <summary>Collects small writes into large ones.</summary>
internal sealed class ByteSink(Stream stream, CancellationToken cancellation)
{
    private readonly byte[] buffer = new byte[1 << 20];
    private int used;

    /// <summary>Bytes written so far.</summary>
    public long Position { get; private set; }

    public void Write(byte value)
    {
        Room(1)[0] = value;
        Advance(1);
    }

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);
        Advance(sizeof(int));
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        Advance(sizeof(long));
    }

    public void Write(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(Room(sizeof(float)), value);
        Advance(sizeof(float));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Span<byte> room = Room(1);
            int part = Math.Min(room.Length, bytes.Length);
            bytes[..part].CopyTo(room);
            Advance(part);
            bytes = bytes[part..];
        }
    }

    /// <summary>A number in digits.</summary>
    public void WriteDigits(long value)
    {
        const int MostDigits = 20;
        value.TryFormat(Room(MostDigits), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        Advance(written);
    }

    public void WriteText(string text) => Write(Encoding.UTF8.GetBytes(text));

    public void Flush()
    {
        cancellation.ThrowIfCancellationRequested();
        stream.Write(buffer.AsSpan(0, used));
        used = 0;
    }

    /// <summary>Room for so many bytes at least.</summary>
    public Span<byte> Room(int least)
    {
        if (buffer.Length - used < least)
        {
            Flush();
        }

        return buffer.AsSpan(used);
    }

    public void Advance(int count)
    {
        used += count;
        Position += count;
    }
}
