using System.Globalization;
using System.Text;
using Limpet.Cli.Hunting;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>What <c>limpet why</c> prints.</summary>
internal static class WhyRendering
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Text(WhyResult result, string source, string what, int shapes, bool quiet)
    {
        StringBuilder text = new();
        WhyMatches matches = result.Matches;
        foreach (string warning in result.Warnings)
        {
            text.AppendLine(Culture, $"Warning: {Escaping.Show(warning)}");
        }

        text.Append(Culture, $"{Escaping.Show(matches.Type)}  {matches.Count:N0} {(matches.Count == 1 ? "object" : "objects")}");
        text.Append(matches.Address is { } address ? $" at 0x{address:x}" : "");
        text.AppendLine(matches.RootedCount == matches.Count ? "" : string.Create(Culture, $", {matches.RootedCount:N0} of them reachable; the others wait for a collection"));
        foreach (WhyTrace trace in result.Traces)
        {
            text.AppendLine();
            Append(text, trace);
        }

        if (result.OmittedShapes > 0)
        {
            text.AppendLine().AppendLine(Culture, $"{result.OmittedShapes:N0} more shapes are not shown.");
        }

        if (!quiet)
        {
            text.AppendLine().AppendLine(result.OmittedShapes > 0
                ? string.Create(Culture, $"Next: limpet why {Quote(source)} {Quote(what)} --top {Math.Min(1000, shapes + result.OmittedShapes)}")
                : "Next: limpet hunt --help, to see whether it grows with use");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, WhyTrace trace)
    {
        const int StatusColumn = 48;
        text.AppendLine(Culture, $"{trace.Count:N0} held this way, {trace.Retained} retained");
        text.AppendLine(Culture, $"┬─── {Kind(trace.Holder.Root.Kind)} {Escaping.Show(trace.Holder.Root.Name)}");
        foreach (TraceElement element in trace.Holder.Path)
        {
            bool last = element.Member is null;
            string type = $"{(last ? "╰→" : "├─")} {Escaping.Show(element.Type)}";
            text.AppendLine(element.Leaking == LeakingStatus.Unknown ? type : $"{type.PadRight(StatusColumn)} Leaking: {(element.Leaking == LeakingStatus.Yes ? "yes" : "no")} ({Escaping.Show(element.Reason)})");
            if (!last)
            {
                text.AppendLine(Culture, $"│    ↓ {Escaping.Show(element.Member!)}{(element.Meaning is null ? "" : $" ({Escaping.Show(element.Meaning)})")}");
            }
        }

        if (trace.Hint is { } hint)
        {
            text.AppendLine(Culture, $"   hint: {Escaping.Show(hint)}");
        }
    }

    private static string Quote(string word) => ShellWords.Quote(Escaping.Show(word));

    /// <summary><c>StaticField</c> as <c>static field</c>.</summary>
    private static string Kind(string kind) => string.Concat(kind.Select((c, at) => char.IsAsciiLetterUpper(c) ? (at > 0 ? " " : "") + char.ToLowerInvariant(c) : $"{c}"));
}
