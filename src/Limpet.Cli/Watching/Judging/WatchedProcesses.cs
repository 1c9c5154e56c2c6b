using System.Collections.Immutable;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching.Judging;

/// <summary>The processes of a tree as results show them.</summary>
internal static class WatchedProcesses
{
    private const int MostShown = 200;

    /// <summary>Processes whose readings over time are part of the result: those that took most.</summary>
    private const int MostCourses = 7;

    /// <summary>Points of each of their series.</summary>
    private const int MostPoints = 160;

    public static ImmutableArray<WatchedProcess> Of(WatchTree tree, RunFacts facts, bool redact, out int omitted)
    {
        FollowedProcess[] all = [.. tree.Ended.Concat(tree.Alive)];
        FollowedProcess[] shown = Shown(all, facts.RootPid);
        HashSet<FollowedProcess> largest = [.. all.Where(process => process.Course.Rss is not null).OrderByDescending(process => process.PeakRss).Take(MostCourses)];
        omitted = all.Length - shown.Length + tree.Forgotten;
        if (!all.Any(process => process.Pid == facts.RootPid))
        {
            // It was over before the first reading.
            return [new WatchedProcess(facts.RootPid, redact ? Redaction.CommandLine(facts.Command) : facts.Command, facts.ExitCode) { StartSeconds = 0, EndSeconds = Math.Round(facts.Duration.TotalSeconds, 2) }, .. InOrder()];
        }

        return [.. InOrder()];

        IEnumerable<WatchedProcess> InOrder() => shown.OrderBy(process => process.StartedAt).ThenBy(process => process.Pid).Select(process => Of(process, redact, largest.Contains(process)));
    }

    /// <summary>The root, whose exit code is told always, and those that took most.</summary>
    internal static FollowedProcess[] Shown(FollowedProcess[] all, int root) =>
        all.Length <= MostShown ? all : [.. all.OrderByDescending(process => process.Pid == root).ThenByDescending(process => process.PeakRss).Take(MostShown)];

    private static WatchedProcess Of(FollowedProcess process, bool redact, bool withCourse) => new(process.Pid, redact ? Redaction.CommandLine(process.Command) : process.Command, process.ExitCode)
    {
        StartSeconds = Math.Round(process.StartedAt.TotalSeconds, 2),
        EndSeconds = process.EndedAt is { } end ? Math.Round(end.TotalSeconds, 2) : null,
        CpuSeconds = process.Pulse.Cpu.TotalSeconds,
        DotNet = process.Counters?.Figures(),
        Series = withCourse ? process.Course.Series(MostPoints) : ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>>.Empty,
        Orphan = process.EndedAt is null && process.Pulse.ParentPid == Environment.ProcessId,
        Peak = new TreeFigures
        {
            RssBytes = process.PeakRss > 0 ? process.PeakRss : null,
            PssBytes = process.PeakPss,
            Fds = process.PeakDescriptors,
            Threads = process.PeakThreads > 0 ? process.PeakThreads : null,
        },
    };
}
