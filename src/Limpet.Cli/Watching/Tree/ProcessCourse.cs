using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Cli.Watching.Tree;

/// <summary>The readings of one process over time. A process that is soon over has none: most of a build are.</summary>
internal sealed class ProcessCourse
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    public ThinnedSeries? Rss { get; private set; }

    public ThinnedSeries? Descriptors { get; private set; }

    public ThinnedSeries? Threads { get; private set; }

    /// <summary>The readings by metric, as results have them.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>> Series(int mostPoints) =>
        ((IEnumerable<(string Metric, ThinnedSeries? Series)>)[("rssBytes", Rss), ("fds", Descriptors), ("threads", Threads)])
            .Where(one => one.Series is not null)
            .ToImmutableSortedDictionary(one => one.Metric, one => one.Series!.Thinned(mostPoints), StringComparer.Ordinal);

    public void Add(TimeSpan now, FollowedProcess process)
    {
        if (now - process.StartedAt < Shortest)
        {
            return;
        }

        (Rss ??= new ThinnedSeries()).Add(now, process.Pulse.Rss.Bytes);
        (Threads ??= new ThinnedSeries()).Add(now, process.Pulse.Threads);
        if (process.DescriptorCount is { } descriptors)
        {
            (Descriptors ??= new ThinnedSeries()).Add(now, descriptors);
        }
    }
}
