using System.Text;

namespace Limpet.Cli.Hunting.Target;

/// <summary>Cuts a stream of bytes into lines. A line without end costs a bounded amount of memory: what is beyond it is dropped.</summary>
internal static class LineReader
{
    /// <summary>Bytes of a line that are kept.</summary>
    public const int LongestLine = 16 * 1024;

    /// <summary>Reads until the stream ends or is closed, on a thread of its own: reading a pipe blocks, and on a small machine two blocked pool threads are the whole pool.</summary>
    public static Task ReadAsync(Stream stream, Action<string> take) =>
        Task.Factory.StartNew(() => Read(stream, take), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Read(Stream stream, Action<string> take)
    {
        byte[] buffer = new byte[16 * 1024];
        byte[] line = new byte[LongestLine];
        int length = 0;
        try
        {
            while (stream.Read(buffer) is var read and > 0)
            {
                length = Cut(buffer.AsSpan(0, read), line, length, take);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The stream was closed because the process is being ended: the same as its end.
        }

        if (length > 0)
        {
            take(Encoding.UTF8.GetString(line, 0, length));
        }
    }

    private static int Cut(ReadOnlySpan<byte> bytes, byte[] line, int length, Action<string> take)
    {
        while (true)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..end];
            part = part[..Math.Min(part.Length, line.Length - length)];
            part.CopyTo(line.AsSpan(length));
            length += part.Length;
            if (end < 0)
            {
                return length;
            }

            take(Encoding.UTF8.GetString(line.AsSpan(0, length).TrimEnd((byte)'\r')));
            length = 0;
            bytes = bytes[(end + 1)..];
        }
    }
}
