using System.Diagnostics;
using System.Globalization;
using Limpet.Capture.Children;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Watching.Marks;

/// <summary>Where the marks of a run come from: the output of the command, a file, or the time. Each is handed to the tree when it comes.</summary>
internal sealed class MarkSources : IDisposable
{
    private readonly WatchOptions options;
    private readonly List<OutputPump> pumps = [];
    private readonly MarkFile? file;
    private WatchTree? tree;
    private TimeSpan nextByTime;
    private long marks;

    /// <param name="options">Where to look for marks.</param>
    /// <param name="child">The command that was started; null for a process that was there before.</param>
    /// <param name="file">The file for marks; null when there is none.</param>
    public MarkSources(WatchOptions options, ForegroundChild? child, MarkFile? file)
    {
        (this.options, this.file) = (options, file);
        nextByTime = options.MarkEvery ?? TimeSpan.MaxValue;
        if (options.Mark is { } pattern && child is not null)
        {
            AddPump(child.Output, options.Json == "-", pattern);
            AddPump(child.Error, toError: true, pattern);
        }
    }

    /// <summary>Whether there is output in which no mark has been looked for yet.</summary>
    public bool Waits => pumps.Exists(pump => pump.Waits);

    /// <summary>Lines that were looked at.</summary>
    public long Lines => pumps.Sum(pump => pump.Lines) + (file?.Lines ?? 0);

    /// <summary>Marks that came.</summary>
    public long Count => Interlocked.Read(ref marks);

    /// <summary>What went wrong with the output that was read.</summary>
    public IEnumerable<string> Warnings => pumps.Where(pump => pump.Trouble is not null).Select(pump => $"output could not be passed on: {pump.Trouble}");

    /// <summary>Begins to look for marks.</summary>
    public void Start(WatchTree of)
    {
        tree = of;
        foreach (OutputPump pump in pumps)
        {
            pump.Start();
        }

        file?.Start(mark => Take(mark, Stopwatch.GetTimestamp(), () => false));
    }

    /// <summary>Takes the mark that the time makes, when it is due.</summary>
    public void Tick(TimeSpan now)
    {
        if (now >= nextByTime)
        {
            Take(new Mark(MarkKind.Begin, string.Create(CultureInfo.InvariantCulture, $"{now.TotalSeconds:0} s")), Stopwatch.GetTimestamp(), () => false);
            nextByTime += options.MarkEvery!.Value;
        }
    }

    /// <summary>Waits for the last output of a command that has ended.</summary>
    public void Join(TimeSpan deadline)
    {
        foreach (OutputPump pump in pumps)
        {
            pump.Join(deadline);
        }
    }

    public void Dispose() => file?.Dispose();

    private void AddPump(ChildOutput? output, bool toError, MarkPattern pattern)
    {
        if (output is not null)
        {
            pumps.Add(new OutputPump(output, toError, pattern, Take));
        }
    }

    private void Take(Mark mark, long arrived, Func<bool> wentOn)
    {
        if ((mark.Kind == MarkKind.Source ? mark.Name : mark.Source) is { } source)
        {
            tree!.TakeSource(source, worker: mark.Kind != MarkKind.Source);
        }

        if (mark.Kind == MarkKind.Source)
        {
            return;
        }

        Interlocked.Increment(ref marks);
        tree!.TakeMark(mark, arrived, wentOn);
    }
}
