using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes the .NET processes that one could look at, for a terminal.</summary>
public static class PsText
{
    /// <summary>One line a process.</summary>
    /// <param name="result">The result.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(PsResult result, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        if (result.Processes.IsEmpty)
        {
            page.Line("No .NET process can be seen.");
        }
        else
        {
            string[][] rows =
            [
                ["pid", "runtime", "user", "command"],
                .. result.Processes.Select(process => new[]
                {
                    process.Pid.ToString(CultureInfo.InvariantCulture),
                    Words.Name(process.Runtime ?? "-"),
                    Words.Name(process.User ?? "-"),
                    process.Command.IsEmpty ? "-" : Words.Name(string.Join(' ', process.Command)),
                }),
            ];
            int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];
            for (int row = 0; row < rows.Length; row++)
            {
                string[] cells = rows[row];
                page.Line(row == 0 ? Ink.Faint : Ink.Plain, $"{cells[0].PadLeft(widths[0])}  {cells[1].PadRight(widths[1])}  {cells[2].PadRight(widths[2])}  {cells[3]}");
            }
        }

        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }
}
