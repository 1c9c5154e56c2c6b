using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>One phase of a watched run, such as a test.</summary>
/// <param name="Name">Its name, taken from a mark. Chosen by the target: escape before showing.</param>
/// <param name="StartSeconds">When it began, from the start of the run.</param>
/// <param name="EndSeconds">When it ended.</param>
public sealed record WatchPhase(string Name, double StartSeconds, double EndSeconds)
{
    /// <summary>The highest readings within it.</summary>
    public TreeFigures Peak { get; init; } = new();

    /// <summary>Readings at its end less those at its start.</summary>
    public TreeFigures Delta { get; init; } = new();

    /// <summary>Readings at its end.</summary>
    public TreeFigures End { get; init; } = new();

    /// <summary>Whether nothing that it opened, started or took beyond a tenth of what was there before stayed to the end of the run; null where phases overlapped, so that nobody can say.</summary>
    public bool? ReturnedToBaseline { get; init; } = true;

    /// <summary>What it left that was still there at the end, by name, the largest first.</summary>
    public ImmutableArray<LeftItem> Left { get; init; } = [];

    /// <summary>Whether a finding names it.</summary>
    public bool Leaks { get; init; }
}
