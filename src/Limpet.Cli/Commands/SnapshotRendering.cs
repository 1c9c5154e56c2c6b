using System.Globalization;
using System.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>What <c>limpet snapshot</c> prints.</summary>
internal static class SnapshotRendering
{
    public static string Text(SnapshotResult result, ByteSize fileSize, bool quiet)
    {
        HeapSummary heap = result.Heap;
        string file = Escaping.Show(heap.File ?? "");
        if (quiet)
        {
            return file + Environment.NewLine;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        return new StringBuilder()
            .AppendLine(culture, $"{heap.Objects:N0} reachable objects, {heap.Bytes}, {heap.References:N0} references, {heap.Roots:N0} roots")
            .AppendLine(heap.Complete ? "The heap is complete." : $"The heap is NOT complete: {Escaping.Show(heap.IncompleteReason ?? "")}")
            .AppendLine(culture, $"Stopped for {DurationWords.Of(result.Timings.Stall)}; attached in {DurationWords.Of(result.Timings.Attach)}, {DurationWords.Of(result.Timings.Total)} in all.")
            .AppendLine(culture, $"Wrote {file} ({fileSize}).")
            .AppendLine()
            .AppendLine(culture, $"Next: limpet why {Hunting.ShellWords.Quote(file)} TYPE")
            .ToString();
    }
}
