using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>What a guard saw in a run of tests.</summary>
public sealed record GuardResult : ResultEnvelope
{
    /// <inheritdoc/>
    public override string Schema => "limpet.guard/1";

    /// <summary>Framework that ran the tests.</summary>
    public required string Framework { get; init; }

    /// <summary>Tests that ran, rows of data included.</summary>
    public required int Tests { get; init; }

    /// <summary>The classes, in the order in which they ended.</summary>
    public required ImmutableArray<GuardedClass> Classes { get; init; }

    /// <summary>What the process held, settled: before the first test, after classes, at the end.</summary>
    public required ImmutableArray<SettledReading> Readings { get; init; }

    /// <summary>What was left behind, the confirmed first.</summary>
    public required ImmutableArray<LeftBehind> Left { get; init; }

    /// <summary>What the guard cost while the tests ran, all tests together.</summary>
    public required TimeSpan Overhead { get; init; }

    /// <summary>
    /// <see cref="Verdict.Leak"/> when a leak was confirmed, <see cref="Verdict.NotRun"/> without a test, <see cref="Verdict.Inconclusive"/> when something was
    /// left that nothing is known of, else <see cref="Verdict.Clean"/>.
    /// </summary>
    public Verdict Verdict =>
        Left.Any(left => left.Status == LeftStatus.Confirmed) ? Verdict.Leak
        : Tests == 0 ? Verdict.NotRun
        : Left.Any(left => left.Status is LeftStatus.Suspect or LeftStatus.NotConfirmed) ? Verdict.Inconclusive
        : Verdict.Clean;

    /// <summary>The verdict in one sentence of its numbers.</summary>
    public string Reason
    {
        get
        {
            int confirmed = Left.Count(left => left.Status == LeftStatus.Confirmed);
            int open = Left.Count(left => left.Status is LeftStatus.Suspect or LeftStatus.NotConfirmed);
            return Verdict switch
            {
                Verdict.Leak => $"{confirmed} of {Left.Length} things that tests left behind {(confirmed == 1 ? "was" : "were")} left again by each further run of the test alone.",
                Verdict.NotRun => "No test ran.",
                Verdict.Inconclusive => $"{open} of {Left.Length} things that tests left behind {(open == 1 ? "is" : "are")} neither confirmed nor refuted.",
                _ when Left.IsEmpty => $"{ShowTests} left nothing behind{GrownTogether}.",
                _ => $"{ShowTests} left nothing behind that further runs, or the end of the run, did not explain.",
            };
        }
    }

    /// <summary>Growth that no class is suspected of, because it is little for each of those that share it.</summary>
    private string GrownTogether => Readings is [var first, .., var last] && last.ManagedBytes.Bytes - first.ManagedBytes.Bytes is >= 1 << 20 and var growth
        ? $" of which one is suspected; live managed bytes grew by {new ByteSize(growth)} over {Classes.Length} classes"
        : "";

    private string ShowTests => Tests == 1 ? "1 test" : $"{Tests} tests";
}
