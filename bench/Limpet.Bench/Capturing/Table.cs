namespace Limpet.Bench.Capturing;

/// <summary>Prints rows as a Markdown table, aligned, so that it can be read on a terminal and pasted into a document.</summary>
internal static class Table
{
    private static readonly string[] Head = ["figure", "ours", "peer", "ratio", "must reach", ""];

    public static void Print(IEnumerable<Row> rows)
    {
        string[][] cells = [Head, .. rows.Select(row => (string[])[row.Figure, row.Ours, row.Peer, row.Ratio, row.Bound, row.Outcome])];
        int[] widths = [.. Enumerable.Range(0, Head.Length).Select(column => cells.Max(line => line[column].Length))];
        for (int line = 0; line < cells.Length; line++)
        {
            Console.WriteLine($"| {string.Join(" | ", cells[line].Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (line == 0)
            {
                Console.WriteLine($"|{string.Join("|", widths.Select(width => new string('-', width + 2)))}|");
            }
        }
    }
}
