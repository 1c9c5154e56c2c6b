using System.Globalization;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;
using Limpet.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Limpet.Cli.Watching;

/// <summary>A table of the processes that changes, with the course of their memory and bars for the budgets. Only on a terminal that nobody else writes to.</summary>
internal sealed class LiveView : IWatchView
{
    private const int MostRows = 16;
    private const int SparkLength = 24;
    private const string Sparks = "▁▂▃▄▅▆▇█";
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly WatchOptions options;
    private readonly IAnsiConsole console;
    private readonly ManualResetEventSlim ended = new();
    private readonly AutoResetEvent changed = new(false);
    private readonly Thread thread;
    private IRenderable content = new Spectre.Console.Text("watching");
    private TimeSpan next;

    public LiveView(WatchOptions options)
    {
        this.options = options;
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = options.NoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        thread = new Thread(Draw) { IsBackground = true, Name = "limpet draws" };
        thread.Start();
    }

    /// <summary>The last readings as a line of blocks, scaled between the lowest and the highest.</summary>
    public static string Spark(IReadOnlyList<SeriesPoint> points)
    {
        SeriesPoint[] last = [.. points.TakeLast(SparkLength)];
        if (last.Length == 0)
        {
            return "";
        }

        double low = last.Min(point => point.Last), high = last.Max(point => point.Last);
        return string.Concat(last.Select(point => Sparks[high <= low ? 0 : (int)((point.Last - low) / (high - low) * (Sparks.Length - 1))]));
    }

    public void Show(WatchTree tree, TreeFigures peak, TimeSpan now)
    {
        if (now < next || ended.IsSet)
        {
            return;
        }

        next = now + Every;
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("PID", "RSS", "peak", "fds", "threads", "cpu s", "memory", "command");
        FollowedProcess[] processes = [.. tree.Alive.Where(process => !process.IsZombie).OrderByDescending(process => process.Pulse.Rss.Bytes)];
        foreach (FollowedProcess process in processes.Take(MostRows))
        {
            table.AddRow([.. ((string[])
            [
                process.Pid.ToString(CultureInfo.InvariantCulture),
                process.Pulse.Rss.ToString(),
                new ByteSize(process.PeakRss).ToString(),
                process.DescriptorCount?.ToString(CultureInfo.InvariantCulture) ?? "?",
                process.Pulse.Threads.ToString(CultureInfo.InvariantCulture),
                process.Pulse.Cpu.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                process.Course.Rss is { } rss ? Spark(rss.Points) : "",
                Escaping.Show(string.Join(' ', options.NoRedact ? process.Command : Redaction.CommandLine(process.Command)), 60),
            ]).Select(cell => new Spectre.Console.Text(cell))]);
        }

        string more = processes.Length > MostRows ? $", {processes.Length - MostRows} not shown" : "";
        content = new Rows(
            table,
            new Spectre.Console.Text(string.Create(CultureInfo.InvariantCulture, $"{now.TotalSeconds:0} s  {new ByteSize(tree.Last.Rss)} in {processes.Length} processes{more}; peak {new ByteSize(peak.RssBytes ?? 0)}; Ctrl-C ends the watching and leaves them running")),
            new Rows(Bars(tree, peak)));
        changed.Set();
    }

    public void Say(string text) => console.MarkupLine(Markup.Escape($"limpet: {Escaping.Show(text, 600)}"));

    public void Dispose()
    {
        ended.Set();
        changed.Set();
        thread.Join();
    }

    private IEnumerable<IRenderable> Bars(WatchTree tree, TreeFigures peak)
    {
        if (options.Budgets.MaxRss is { } rss)
        {
            yield return Bar("max-rss", peak.RssBytes ?? 0, rss);
        }

        if (options.Budgets.MaxDescriptors is { } descriptors)
        {
            yield return Bar("max-fds", tree.Alive.Max(process => process.PeakDescriptors) ?? 0, descriptors);
        }

        if (options.Budgets.MaxThreads is { } threads)
        {
            yield return Bar("max-threads", peak.Threads ?? 0, threads);
        }
    }

    private static Spectre.Console.Text Bar(string name, double used, double limit)
    {
        const int Length = 30;
        int full = (int)Math.Clamp(used / limit * Length, 0, Length);
        return new Spectre.Console.Text(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {new string('█', full)}{new string('░', Length - full)} {used / limit:0 %}"));
    }

    private void Draw() => console.Live(content).AutoClear(true).Start(context =>
    {
        while (!ended.IsSet)
        {
            changed.WaitOne();
            context.UpdateTarget(content);
            context.Refresh();
        }
    });
}
