using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Limpet.Cli.Hunting;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>What <c>limpet ps</c> prints.</summary>
internal static class PsRendering
{
    private const int LongestCommand = 160;

    public static string Text(ImmutableArray<PsRow> rows, bool quiet)
    {
        if (rows.IsEmpty)
        {
            return quiet ? "" : $"No .NET process is running that you can see.{Environment.NewLine}";
        }

        string[][] table =
        [
            ["PID", "USER", "RUNTIME", "HEAP", "COMMAND"],
            .. rows.Select(row => (string[])
            [
                row.Summary.Pid.ToString(CultureInfo.InvariantCulture),
                Escaping.Show(row.Summary.User ?? "?", 20),
                Escaping.Show(row.Summary.Runtime ?? "?", 30),
                row.Refusal is null ? "readable" : "refused",
                Escaping.Show(string.Join(' ', row.Summary.Command.Select(ShellWords.Quote)), LongestCommand),
            ]),
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => table.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in table.Skip(quiet ? 1 : 0))
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadLeft(widths[0]) : column < widths.Length ? cell.PadRight(widths[column]) : cell)));
        }

        if (!quiet)
        {
            foreach (PsRow row in rows.Where(row => row.Refusal is not null))
            {
                text.AppendLine().Append(Escaping.Show(row.Refusal!));
            }

            int? readable = rows.FirstOrDefault(row => row.Refusal is null)?.Summary.Pid;
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Next: {(readable is { } pid ? $"limpet snapshot {pid} -o heap.limpet" : "run limpet as the user of the process")}");
        }

        return text.ToString();
    }
}
