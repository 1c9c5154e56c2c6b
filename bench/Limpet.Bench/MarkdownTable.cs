using System.Text;

namespace Limpet.Bench;

/// <summary>Rows as a Markdown table, aligned, so that it can be read on a terminal and pasted into a document.</summary>
internal static class MarkdownTable
{
    public static string Write(string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, .. rows];
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(column => lines.Max(line => line[column].Length))];
        StringBuilder text = new();
        for (int line = 0; line < lines.Length; line++)
        {
            text.Append("| ").AppendJoin(" | ", lines[line].Select((cell, column) => cell.PadRight(widths[column]))).AppendLine(" |");
            if (line == 0)
            {
                text.Append('|').AppendJoin("|", widths.Select(width => new string('-', width + 2))).AppendLine("|");
            }
        }

        return text.ToString();
    }
}
