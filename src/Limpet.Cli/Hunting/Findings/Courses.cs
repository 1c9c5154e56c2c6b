using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What was counted of a finding, round by round.</summary>
internal static class Courses
{
    /// <summary>The numbers as results have them: one that was not read is null, never 0.</summary>
    public static ImmutableArray<double?> Of(IEnumerable<double> counts) => [.. counts.Select(count => double.IsFinite(count) ? count : (double?)null)];
}
