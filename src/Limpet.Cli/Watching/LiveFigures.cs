using System.Collections.Immutable;
using Limpet.Results;

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
}
