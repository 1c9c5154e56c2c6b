namespace Limpet.Reporting.Text;

/// <summary>Rows of cells in columns as wide as their longest cell. Texts stand at the left of their column, numbers at the right.</summary>
internal static class TextTable
{
    /// <summary>Adds a heading, the titles and one line a row, after an empty line; nothing when there is no row.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="heading">What the table is of.</param>
    /// <param name="titles">Titles of the columns.</param>
    /// <param name="textColumn">The column that holds texts; the others hold numbers.</param>
    /// <param name="rows">Cells by row.</param>
    public static void Write(TextPage page, string heading, string[] titles, int textColumn, IReadOnlyCollection<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. titles.Select((title, column) => Math.Max(title.Length, rows.Max(row => row[column].Length)))];
        page.Line();
        page.Line(Ink.Strong, heading);
        page.Line(Ink.Faint, Row(titles));
        foreach (string[] row in rows)
        {
            page.Line(Row(row));
        }

        string Row(string[] cells) =>
            "  " + string.Join("  ", cells.Select((cell, column) => column == textColumn ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();
    }
}
