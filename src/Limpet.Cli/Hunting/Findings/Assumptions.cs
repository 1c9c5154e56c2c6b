using System.Globalization;
using Limpet.Cli.Hunting.Run;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What grew and was taken for harmless by what is known of it, and not by what was measured: it is said where no finding says it.</summary>
/// <param name="Budget">The option that gives the run more time, as a user writes it.</param>
internal sealed record Assumptions(string Budget)
{
    /// <summary>A sentence for each cache of the runtime or a package that still grew, with what would show whether it stops.</summary>
    public IEnumerable<string> OfCaches(JudgedRun run, IReadOnlyCollection<Finding> findings) => run.Assumed.Values.Distinct()
        .Where(bound => !findings.Any(finding => finding.Confidence.Contains(bound, StringComparison.Ordinal)))
        .Select(bound => $"Whether what still grew stops: {bound}. Next: a longer {Budget}, in which the bound is reached.");

    /// <summary>Objects that came where a heap is too deep, or has too many ways, for each to be told; empty where there are none.</summary>
    public static IEnumerable<string> OfDeepPlaces(JudgedRun run, HuntLog log)
    {
        long came = run.Growth.Rounds[^1].Paths.ObjectsBeyond - run.Growth.Rounds[log.Baseline].Paths.ObjectsBeyond;
        return came < VerdictOptions.Default.SmallestCount ? [] : [string.Create(CultureInfo.InvariantCulture, $"What holds {came:#,0} of the objects that came: their ways from the roots are too long, or too many, to be told apart. They are counted by type alone.")];
    }

    /// <summary>Native memory that came in a few steps; empty where there is none.</summary>
    public IEnumerable<string> OfNativeSteps(JudgedRun run) => run.StepsOfRuntime is { } steps
        ? [$"Whether native memory leaks now and then: {char.ToLowerInvariant(steps.Reason[0])}{steps.Reason[1..^1]}, and so few steps are taken for the runtime's own. Next: a longer {Budget}; what leaks goes on."]
        : [];
}
