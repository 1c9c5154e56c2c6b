using System.Globalization;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Reporting.Text;

/// <summary>Writes what the .NET processes of a tree published of themselves.</summary>
internal static class DotNetText
{
    private const int MostMeters = 8;
    private const int MostProcesses = 12;
    private const int MostRefusals = 3;

    public static void Write(TextPage page, IEnumerable<WatchedProcess> processes, bool verbose)
    {
        List<string> lines = [];
        WatchedProcess[] all = [.. processes.Where(process => process.DotNet is not null)];
        WatchedProcess[] read = [.. all.Where(process => !process.DotNet!.Counters.IsEmpty)];
        foreach (WatchedProcess process in verbose ? read : Largest(read))
        {
            DotNetFigures figures = process.DotNet!;
            lines.Add($"{Name(process)}: {Heap(figures)}");
            lines.Add($"  {Work(figures)}");
            CounterFigure[] meters = [.. figures.Meters.Where(meter => verbose || meter.Max != 0).OrderBy(meter => meter.IsRate).ThenByDescending(meter => meter.Max)];
            lines.AddRange(meters.Take(verbose ? int.MaxValue : MostMeters).Select(meter => "  " + Meter(meter, figures)));
            if (!verbose && meters.Length > MostMeters)
            {
                lines.Add($"  {Words.Many(meters.Length - MostMeters, "more series")} in --json and with --verbose");
            }
        }

        if (!verbose && read.Length > MostProcesses)
        {
            lines.Add($"{Words.Many(read.Length - MostProcesses, "process")} with a smaller heap in --json and with --verbose");
        }

        lines.AddRange(Unread([.. all.Except(read)], verbose));
        page.List(Ink.Strong, ".NET", lines);
    }

    /// <summary>Those with the largest heaps, in the order in which they are.</summary>
    private static IEnumerable<WatchedProcess> Largest(WatchedProcess[] read)
    {
        HashSet<WatchedProcess> largest = [.. read.OrderByDescending(process => process.DotNet!.Counter("gc-heap-size")?.Max ?? 0).Take(MostProcesses)];
        return read.Where(largest.Contains);
    }

    /// <summary>What was not read, a line for each reason where there are many.</summary>
    private static IEnumerable<string> Unread(WatchedProcess[] unread, bool verbose)
    {
        static string Reason(WatchedProcess process) => Words.Sentence(process.DotNet!.Refusal ?? "nothing was published");
        if (verbose || unread.Length <= MostRefusals)
        {
            return unread.Select(process => $"{Name(process)}: not read: {Reason(process)}");
        }

        return unread.GroupBy(process => NamePattern.Of(Reason(process))).Select(group => group.Count() == 1
            ? $"{Name(group.First())}: not read: {Reason(group.First())}"
            : $"{Words.Many(group.Count(), "process")} not read: {group.Key}");
    }

    private static string Name(WatchedProcess process) => string.Create(CultureInfo.InvariantCulture, $"{process.Pid} {Escaping.Show(string.Join(' ', process.Command.Take(3)), 60)}");

    private static string Heap(DotNetFigures figures)
    {
        string generations = string.Join(", ", new[] { ("gen 0", "gen-0-size"), ("gen 1", "gen-1-size"), ("gen 2", "gen-2-size"), ("large", "loh-size"), ("pinned", "poh-size") }
            .Where(generation => figures.Counter(generation.Item2) is not null)
            .Select(generation => $"{generation.Item1} {Bytes(figures.Counter(generation.Item2)!.Last)}"));
        return Join(
            Course("GC heap", figures.Counter("gc-heap-size"), Bytes),
            generations.Length > 0 ? $"({generations})" : null,
            Course("committed", figures.Counter("gc-committed"), Bytes),
            figures.Counter("gc-fragmentation") is { } fragmentation ? string.Create(CultureInfo.InvariantCulture, $"fragmentation {fragmentation.Last:0} %") : null,
            figures.Counter("alloc-rate") is { } allocated ? $"allocated {Bytes(allocated.Total)}, {Bytes(allocated.Max / Interval(figures))}/s at most" : null);
    }

    private static string Work(DotNetFigures figures) => Join(
        Collections(figures),
        figures.Counter("total-pause-time-by-gc") is { } paused ? string.Create(CultureInfo.InvariantCulture, $"paused {(paused.IsRate ? paused.Total : paused.Last - paused.First) / 1000:0.000} s") : null,
        Course("thread pool", figures.Counter("threadpool-thread-count"), Words.Count),
        Course("queue", figures.Counter("threadpool-queue-length"), Words.Count),
        Course("timers", figures.Counter("active-timer-count"), Words.Count),
        figures.Counter("exception-count") is { } exceptions ? $"exceptions {Words.Count(exceptions.Total)}" : null);

    private static string? Collections(DotNetFigures figures)
    {
        CounterFigure?[] counts = [figures.Counter("gen-0-gc-count"), figures.Counter("gen-1-gc-count"), figures.Counter("gen-2-gc-count")];
        return counts.Contains(null) ? null : $"collections {string.Join(" / ", counts.Select(count => Words.Count(count!.Total)))}";
    }

    private static string Meter(CounterFigure meter, DotNetFigures figures)
    {
        string tags = meter.Tags.Length > 0 ? $" {Escaping.Show(meter.Tags, 80)}" : "";
        string unit = meter.Unit.Length > 0 ? $" {Escaping.Show(meter.Unit, 20)}" : "";
        string value = meter.IsRate
            ? string.Create(CultureInfo.InvariantCulture, $"{meter.Total:0.##} in all, {meter.Max / Interval(figures):0.##} a second at most")
            : string.Create(CultureInfo.InvariantCulture, $"{meter.Last:0.##}, {meter.Max:0.##} at most");
        return $"{Escaping.Show(meter.Name, 60)}{tags}: {value}{unit}";
    }

    private static double Interval(DotNetFigures figures) => Math.Max(1, figures.IntervalSeconds);

    private static string? Course(string name, CounterFigure? figure, Func<double, string> show) =>
        figure is null ? null : $"{name} {show(figure.Last)}{(figure.Max > figure.Last ? $" (peak {show(figure.Max)})" : "")}";

    private static string Bytes(double bytes) => new ByteSize((long)bytes).ToString();

    private static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => part is not null)).Replace(", (", " (", StringComparison.Ordinal);
}
