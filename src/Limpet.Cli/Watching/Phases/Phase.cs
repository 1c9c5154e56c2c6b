using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Watching.Phases;

/// <summary>A stretch between marks.</summary>
internal sealed class Phase(int number, TimeSpan start, TreePulse before)
{
    public int Number { get; } = number;

    /// <summary>Its name; null for what lies between phases, and until a mark at the end names it.</summary>
    public string? Name { get; set; }

    /// <summary>Whether a mark began it.</summary>
    public bool Begun { get; init; }

    /// <summary>Whether it also has the set-up in it: only its end was marked, and no mark came before.</summary>
    public bool HasSetUp { get; init; }

    public TimeSpan Start { get; } = start;

    public TimeSpan End { get; set; }

    /// <summary>The reading at the mark that says that it ended; null when there was none before its end.</summary>
    public int? EndedMark { get; set; }

    /// <summary>When that was.</summary>
    public TimeSpan EndedAt { get; set; }

    /// <summary>The number of the reading at its end.</summary>
    public int EndMark { get; set; } = int.MaxValue;

    public TreePulse Before { get; } = before;

    public TreePulse After { get; set; }

    public long PeakRss { get; private set; } = before.Rss;

    public long? PeakPss { get; private set; } = before.Pss;

    public long? PeakDescriptors { get; private set; } = before.Descriptors;

    public long PeakThreads { get; private set; } = before.Threads;

    public long PeakChildren { get; private set; } = before.Children;

    public TimeSpan Duration => End - Start;

    public void Take(TreePulse pulse)
    {
        PeakRss = Math.Max(PeakRss, pulse.Rss);
        PeakPss = Max(PeakPss, pulse.Pss);
        PeakDescriptors = Max(PeakDescriptors, pulse.Descriptors);
        PeakThreads = Math.Max(PeakThreads, pulse.Threads);
        PeakChildren = Math.Max(PeakChildren, pulse.Children);
    }

    public TreeFigures Peak => new() { RssBytes = PeakRss, PssBytes = PeakPss, Fds = PeakDescriptors, Threads = PeakThreads, Children = PeakChildren };

    private static long? Max(long? left, long? right) => left is null ? right : right is null ? left : Math.Max(left.Value, right.Value);
}
