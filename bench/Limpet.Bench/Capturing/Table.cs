namespace Limpet.Bench.Capturing;

/// <summary>Prints the figures of a capture beside their bounds.</summary>
internal static class Table
{
    private static readonly string[] Head = ["figure", "ours", "peer", "ratio", "must reach", ""];

    public static void Print(IEnumerable<Row> rows) => Console.Write(MarkdownTable.Write(
        Head, rows.Select(row => (string[])[row.Figure, row.Ours, row.Peer, row.Ratio, row.Bound, row.Outcome])));
}
