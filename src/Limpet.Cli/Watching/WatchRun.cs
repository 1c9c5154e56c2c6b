using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Limpet.Capture.Children;
using Limpet.Cli.Watching.Counters;
using Limpet.Cli.Watching.Judging;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Phases;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>Watches a tree from its start, or from now, to its end or until it is told to stop. What is read at its own rate is read here.</summary>
internal sealed class WatchRun : IDisposable
{
    /// <summary>How often processor time and resident memory are read.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>The same while marks are awaited: what was opened shortly before one must be told from what was opened behind it.</summary>
    private static readonly TimeSpan MarkPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>How often descriptors are listed while no marks are awaited.</summary>
    public static readonly TimeSpan DescriptorPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(500);

    /// <summary>How long processes may take to end behind the watched one before they count as left.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);

    private readonly WatchOptions options;
    private readonly IWatchView view;
    private readonly ForegroundChild? child;
    private readonly WatchTree tree;
    private readonly MarkSources marks;
    private readonly CounterListeners? counters;
    private readonly DetailReadings details;
    private readonly WatchCourse course;
    private readonly StallWatch stall;
    private readonly ManualResetEventSlim stop = new(initialState: false, spinCount: 0);
    private readonly List<string> warnings = [];
    private readonly MemoryRoom before;
    private readonly int root;
    private readonly TimeSpan period;
    private volatile bool interrupted;
    private TimeSpan stopAt = TimeSpan.MaxValue;

    /// <param name="options">What to watch for.</param>
    /// <param name="view">Where to show it meanwhile.</param>
    /// <param name="child">The command that was started; null when a process is attached to.</param>
    /// <param name="root">The watched process.</param>
    /// <param name="markFile">The file for marks, which is closed with the run; null when there is none.</param>
    public WatchRun(WatchOptions options, IWatchView view, ForegroundChild? child, int root, MarkFile? markFile)
    {
        (this.options, this.view, this.child, this.root) = (options, view, child, root);
        marks = new MarkSources(options, child, markFile);
        counters = options.NoCounters ? null : new CounterListeners(!options.NoRedact);
        period = options.WantsMarks ? MarkPeriod : Period;
        tree = new WatchTree(root, isOwnChild: child is not null, () => marks.Waits);
        course = new WatchCourse(tree, period, options.Budgets.MaxRss);
        stall = new StallWatch(tree, options.Stall);
        details = new DetailReadings(tree, period / 10);
        before = ProcessReaders.Limits.Memory(root);
    }

    /// <summary>The watched process.</summary>
    public int Root => root;

    /// <summary>The command that was started; null when a process was attached to.</summary>
    public ForegroundChild? Child => child;

    /// <summary>Notes that the user has asked for an end, of what is watched or of the watching.</summary>
    public void NoteInterruption() => interrupted = true;

    /// <summary>Ends the watching; what is watched is left as it is.</summary>
    public void Stop()
    {
        NoteInterruption();
        stop.Set();
    }

    /// <summary>Ends the watching after a time, if what is watched has not ended by then.</summary>
    public void StopWithin(TimeSpan time) => stopAt = tree.Now + time;

    /// <summary>Watches to the end.</summary>
    public (WatchTree Tree, RunFacts Facts) Run()
    {
        DateTimeOffset startedAt = TimeProvider.System.GetUtcNow();
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        course.Note(tree.Tick(again: true, descriptors: true));
        marks.Start(tree);
        bool ended = Watch();
        Drain(ended);
        counters?.Dispose();
        int? exitCode = child is { Exited.IsCompleted: true } ? child.Exited.Result.Code : null;
        (string? stalled, TimeSpan stalledFor) = stall.StillOpen();
        tree.Finish();
        MemoryRoom after = ProcessReaders.Limits.Renew(before);
        MemoryKills kills = MemoryKills.Of(before, after, tree);
        return (tree, new RunFacts
        {
            StartedAt = startedAt,
            Duration = tree.Now,
            RootPid = root,
            Command = child is not null ? options.Command : tree.Ended.Concat(tree.Alive).FirstOrDefault(process => process.Pid == root)?.Command ?? [],
            ExitCode = exitCode,
            Ended = ended,
            Interrupted = interrupted,
            PeakMemory = course.PeakMemory,
            Peak = course.Peak,
            Monitor = new MonitorFigures(course.Samples, course.Gaps, (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds)
            {
                MissedSamples = course.Missed,
                LongestGapSeconds = course.LongestGap.TotalSeconds,
                RefusedReadings = tree.Refused,
                ReapedOrphans = tree.Reaped,
                LinesRead = options.WantsMarks ? marks.Lines : null,
                Marks = options.WantsMarks ? marks.Count : null,
                LateMarks = options.WantsMarks ? tree.LateMarks : null,
            },
            Due = course.Samples + course.Missed,
            OomKills = kills.OfTree,
            StalledAtEnd = stalled,
            StalledFor = stalledFor,
            Warnings = [.. warnings, .. kills.Warning is { } killed ? [killed] : Array.Empty<string>(), .. marks.Warnings],
            Series = course.Series.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Environment = Facts(),
            MemoryLimit = (after.GroupLimit ?? after.HostTotal)?.Bytes,
            MemoryUsed = after.GroupLimit is null ? after.HostTotal?.Bytes - after.HostAvailable?.Bytes : after.GroupHeld?.Bytes,
            LimitIsHost = after.GroupLimit is null,
        });
    }

    public void Dispose()
    {
        counters?.Dispose();
        marks.Dispose();
        tree.Dispose();
        child?.Dispose();
        stop.Dispose();
    }

    /// <summary>The loop. Returns whether the watched process ended.</summary>
    private bool Watch()
    {
        using ThreadUrgency? urgency = options.WantsMarks ? ThreadUrgency.Raise() : null; // a mark must not wait for a tick that waits itself
        Task exited = child?.Exited ?? Task.Delay(Timeout.Infinite);
        TimeSpan next = tree.Now + period, last = tree.Now, lastDescriptors = default, lastAll = default;
        while (true)
        {
            TimeSpan wait = next - tree.Now;
            if (wait > TimeSpan.Zero && stop.Wait(wait))
            {
                return exited.IsCompleted;
            }

            TimeSpan now = tree.Now;
            if (exited.IsCompleted || (child is null && !tree.RootAlive))
            {
                tree.RootEnded(child?.Exited.Result.Code);
                return true;
            }

            if (stop.IsSet || now > options.For || now > stopAt)
            {
                return false;
            }

            course.Count(now - last);
            last = now;
            next = now > next + period ? now + period : next + period;
            marks.Tick(now);
            bool list = options.WantsMarks || now - lastDescriptors >= DescriptorPeriod;
            lastDescriptors = list ? now : lastDescriptors;
            bool all = now - lastAll >= DetailReadings.Period;
            lastAll = all ? now : lastAll;
            course.Note(tree.Tick(all, list));
            if (tree.WantsSockets() is { } one)
            {
                tree.TakeSockets(ProcessReaders.Reader.ReadSockets(one));
            }

            details.Tick(now);
            counters?.Follow(tree, now);
            LookForStall(now);
            view.Show(tree, course.Peak, now);
        }
    }

    private void LookForStall(TimeSpan now)
    {
        if (stall.Look(now) is { } text)
        {
            warnings.Add(text);
            view.Say(text);
        }
    }

    private void Drain(bool ended)
    {
        if (!ended)
        {
            return;
        }

        TimeSpan deadline = tree.Now + Afterwards;
        while (tree.Now < deadline && !stop.Wait(Period))
        {
            tree.Tick(again: false, descriptors: true);
            if (!tree.AnyAlive)
            {
                break;
            }
        }

        marks.Join(LastOutput);
    }

    private ImmutableSortedDictionary<string, string> Facts() => new Dictionary<string, string>
    {
        ["os"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        ["openFilesLimit"] = tree.Ended.Concat(tree.Alive).FirstOrDefault(process => process.Pid == root)?.OpenFilesLimit?.ToString(CultureInfo.InvariantCulture) ?? "unknown",
        ["memoryLimit"] = before.GroupLimit is { } limit ? $"{limit} (control group)" : before.HostTotal is { } total ? $"{total} (machine)" : "unknown",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
