using System.Globalization;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Reporting.Text;

/// <summary>Writes groups of equal strings, for a terminal: by how the text begins, or by length and hash where no texts were kept.</summary>
internal static class DuplicateStringText
{
    private const int ShownUnits = 60;

    public static void Write(TextPage page, HeapContents contents)
    {
        if (contents.Strings is not { RepeatedTexts: > 0 } strings)
        {
            return;
        }

        TextTable.Write(
            page,
            $"Duplicate strings: of {Words.Many(strings.Count, "string")}, {strings.Bytes}, one copy of each text would save {strings.Savable}",
            ["count", "would save", "length", "text"],
            3,
            [.. contents.DuplicateStrings.Select(group => new[] { Words.Count(group.Count), group.Savable.ToString(), Words.Count(group.Length), $"{Shown(group)}, {Held(group)}" })]);
        if (contents.OmittedDuplicateStrings > 0)
        {
            page.Line(Ink.Faint, $"  {Words.Many(contents.OmittedDuplicateStrings, "more text")} not shown");
        }
    }

    /// <summary>What is cut is not counted: the length stands beside it.</summary>
    private static string Shown(DuplicateString group) => group.Text is not { } text
        ? "hash " + group.Hash.ToString("x16", CultureInfo.InvariantCulture)
        : $"\"{Escaping.Show(text[..Math.Min(text.Length, ShownUnits)])}\"{(text.Length > ShownUnits || text.Length < group.Length ? "…" : "")}";

    private static string Held(DuplicateString group) => group.ContainerCount == group.Count
        ? $"in {Words.Name(group.Container)}"
        : $"{Words.Count(group.ContainerCount)} in {Words.Name(group.Container)}";
}
