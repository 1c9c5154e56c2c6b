using System.Text;

namespace Limpet.Cli.Watching.Marks;

/// <summary>Finds marks in a stream of output as it comes. Colours are looked through. A line without end costs a bounded amount of memory.</summary>
internal sealed class MarkScanner(MarkPattern pattern)
{
    /// <summary>Bytes of a line that are looked at.</summary>
    public const int LongestLine = 16 * 1024;

    private const byte Escape = 0x1b;
    private readonly byte[] line = new byte[LongestLine];
    private int length;
    private bool unfinishedFound;

    /// <summary>Lines that have ended.</summary>
    public long Lines { get; private set; }

    /// <summary>Adds the marks in what came next, in their order.</summary>
    public void Scan(ReadOnlySpan<byte> bytes, List<Mark> marks)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..end];
            part = part[..Math.Min(part.Length, line.Length - length)];
            part.CopyTo(line.AsSpan(length));
            length += part.Length;
            if (end < 0)
            {
                LookAtUnfinished(marks);
                return;
            }

            Lines++;
            Add(pattern.Find(Text(line.AsSpan(0, length)), finished: true), marks);
            length = 0;
            unfinishedFound = false;
            bytes = bytes[(end + 1)..];
        }
    }

    private void LookAtUnfinished(List<Mark> marks)
    {
        if (pattern.LooksAtUnfinished && !unfinishedFound && pattern.Find(Text(line.AsSpan(0, length)), finished: false) is { } mark)
        {
            unfinishedFound = true;
            marks.Add(mark);
        }
    }

    private static void Add(Mark? mark, List<Mark> marks)
    {
        if (mark is { } found)
        {
            marks.Add(found);
        }
    }

    private static string Text(ReadOnlySpan<byte> text)
    {
        int kept = text.IndexOf(Escape);
        Span<byte> bytes = kept < 0 ? [] : text.ToArray();
        for (int at = kept; at >= 0 && at < bytes.Length;)
        {
            if (bytes[at] != Escape)
            {
                bytes[kept++] = bytes[at++];
                continue;
            }

            // A control sequence ends with a letter; another escape sequence has one character more.
            at++;
            if (at < bytes.Length && bytes[at] == (byte)'[')
            {
                at++;
                while (at < bytes.Length && bytes[at] is < 0x40 or > 0x7e)
                {
                    at++;
                }
            }

            at++;
        }

        return Encoding.UTF8.GetString(kept < 0 ? text : bytes[..kept]).TrimEnd('\r');
    }
}
