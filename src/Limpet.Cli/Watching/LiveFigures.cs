using System.Collections.Immutable;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching;

/// <summary>What the live view shows at one moment.</summary>
/// <param name="At">The moment, from the start of the run.</param>
/// <param name="Rss">Resident memory of the tree.</param>
/// <param name="Peak">The highest readings of the tree.</param>
/// <param name="Processes">The processes, the largest first.</param>
/// <param name="Budgets">What is used of each budget: its name, and the share.</param>
internal sealed record LiveFigures(TimeSpan At, ByteSize Rss, TreeFigures Peak, ImmutableArray<LiveProcess> Processes, ImmutableArray<(string Name, double Share)> Budgets)
{
    /// <summary>The phase that is open; null between phases and without them.</summary>
    public string? Phase { get; init; }

    /// <summary>What was said last, escaped; empty for nothing.</summary>
    public string Said { get; init; } = "";

    private const int LongestText = 300;

    /// <summary>What there is to show of a tree. The tree is held only for as long as it takes to copy that.</summary>
    public static LiveFigures Of(WatchTree tree, TreeFigures peak, TimeSpan now, WatchOptions options)
    {
        (LiveProcess Shown, ImmutableArray<string> Command)[] processes;
        long rss;
        string? phase;
        int? mostDescriptors;
        lock (tree.Gate)
        {
            processes = [.. tree.Alive.Where(process => !process.IsZombie).Select(process => (LiveProcess.Of(process), process.Command))];
            (rss, phase, mostDescriptors) = (tree.Last.Rss, tree.Book.Open.Name, tree.Alive.Max(process => process.PeakDescriptors));
        }

        return new LiveFigures(
            now,
            new ByteSize(rss),
            peak,
            [
                .. processes.OrderByDescending(process => process.Shown.Rss.Bytes)
                    .Select(process => process.Shown with { Command = Escaping.Show(string.Join(' ', options.NoRedact ? process.Command : Redaction.CommandLine(process.Command)), LongestText) }),
            ],
            [.. Shares(options.Budgets, peak, mostDescriptors)])
        {
            Phase = phase is null ? null : Escaping.Show(phase, LongestText),
        };
    }

    private static IEnumerable<(string Name, double Share)> Shares(BudgetOptions budgets, TreeFigures peak, int? mostDescriptors)
    {
        if (budgets.MaxRss is { } rss)
        {
            yield return ("max-rss", (double)(peak.RssBytes ?? 0) / rss);
        }

        if (budgets.MaxDescriptors is { } descriptors)
        {
            yield return ("max-fds", (double)(mostDescriptors ?? 0) / descriptors);
        }

        if (budgets.MaxThreads is { } threads)
        {
            yield return ("max-threads", (double)(peak.Threads ?? 0) / threads);
        }
    }
}
