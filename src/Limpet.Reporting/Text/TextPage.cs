using System.Text;

namespace Limpet.Reporting.Text;

/// <summary>Collects lines of text, coloured or not. Without colours it holds no escape character; line breaks are <c>\n</c> everywhere.</summary>
/// <param name="colors">Whether ANSI colours are written.</param>
internal sealed class TextPage(bool colors)
{
    private const string Reset = "\u001b[0m";
    private static readonly Ink[] Painted = [Ink.Strong, Ink.Bad, Ink.Doubt, Ink.Good, Ink.Faint];
    private readonly StringBuilder text = new();

    /// <summary>The text in a colour. Pad before: escape sequences have no width.</summary>
    public string Paint(Ink ink, string what) => !colors || ink == Ink.Plain || what.Length == 0 ? what : CodeOf(ink) + what + Reset;

    /// <summary>Adds a line.</summary>
    public void Line(string line = "") => text.Append(line).Append('\n');

    /// <summary>Adds a line in one colour.</summary>
    public void Line(Ink ink, string line) => Line(Paint(ink, line));

    /// <summary>Adds a heading and one line an item, after an empty line; nothing when there is no item.</summary>
    public void List(Ink ink, string heading, IEnumerable<string> items)
    {
        string[] lines = [.. items];
        if (lines.Length > 0)
        {
            Line();
            Line(ink, heading);
            foreach (string line in lines)
            {
                Line("  " + line);
            }
        }
    }

    /// <inheritdoc />
    public override string ToString() => text.ToString();

    /// <summary>A coloured text in its colours, for pages that have other means than escape sequences. Names never hold any: they are escaped.</summary>
    public static IEnumerable<(Ink Ink, string Run)> Runs(string colored)
    {
        Ink ink = Ink.Plain;
        foreach (string part in colored.Split('\u001b'))
        {
            int end = 0;
            if (part.StartsWith('[') && part.IndexOf('m', StringComparison.Ordinal) is > 0 and int at)
            {
                end = at + 1;
                string code = "\u001b" + part[..end];
                ink = code == Reset ? Ink.Plain : Painted.First(one => CodeOf(one) == code);
            }

            if (part.Length > end)
            {
                yield return (ink, part[end..]);
            }
        }
    }

    private static string CodeOf(Ink ink) => ink switch
    {
        Ink.Strong => "\u001b[1m",
        Ink.Bad => "\u001b[1;31m",
        Ink.Doubt => "\u001b[33m",
        Ink.Good => "\u001b[32m",
        Ink.Faint => "\u001b[2m",
        _ => throw new InvalidOperationException($"Bug in Limpet: ink {ink} has no code."),
    };
}
