using System.Text;

namespace Limpet.Cli.Hunting.Options;

/// <summary>A place in a file, counted as editors do: from 1, in characters.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    public static TextPosition Of(ReadOnlySpan<byte> utf8, long offset)
    {
        ReadOnlySpan<byte> before = utf8[..(int)Math.Min(offset, utf8.Length)];
        int line = before.Count((byte)'\n') + 1;
        return new TextPosition(line, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    /// <inheritdoc />
    public override string ToString() => $"({Line},{Column})";
}
