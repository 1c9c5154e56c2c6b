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

    /// <summary>Live managed bytes from which on a class was suspected: <see cref="LeakGuardOptions.SuspiciousGrowth"/> of the run.</summary>
    public ByteSize SuspiciousGrowth { get; init; } = new LeakGuardOptions().SuspiciousGrowth;

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
                Verdict.Leak => $"{Of(confirmed)} {(confirmed == 1 ? "was" : "were")} left again by each further run of the test alone.{GrownTogether}",
                Verdict.NotRun => "No test ran.",
                Verdict.Inconclusive => $"{Of(open)} {(open == 1 ? "is" : "are")} neither confirmed nor refuted.{GrownTogether}",
                _ when Left.IsEmpty => $"{ShowTests} left nothing behind.{GrownTogether}",
                _ => $"{ShowTests} left nothing behind that further runs, or the end of the run, did not explain.{GrownTogether}",
            };
        }
    }

    /// <summary>Growth beside what is listed. It is charged to no class, because it is too little between each two readings for the classes that ended there.</summary>
    private string GrownTogether
    {
        get
        {
            if (Readings is not [var first, .., var last])
            {
                return "";
            }

            long listed = Left.Where(left => left.Kind == FindingKind.ManagedLeak && left.Status != LeftStatus.ReleasedLater).Sum(left => left.Count);
            ByteSize growth = new(last.ManagedBytes.Bytes - first.ManagedBytes.Bytes - listed);
            return growth.Bytes < SuspiciousGrowth.Bytes ? ""
                : $" Live managed bytes grew by {growth}{(listed > 0 ? " more" : "")} over {(Classes.Length == 1 ? "1 class" : $"{Classes.Length} classes")}, and none is charged with it: for that it takes {SuspiciousGrowth} between two readings{Shared}.";
        }
    }

    private string Shared => Classes.GroupBy(one => one.Reading).Any(reading => reading.Count() > Leftovers.MostSharing)
        ? $", and as much for each class where more than {Leftovers.MostSharing} share one"
        : "";

    private string Of(int some) => Left.Length == 1 ? "The one thing that tests left behind" : $"{some} of {Left.Length} things that tests left behind";

    private string ShowTests => Tests == 1 ? "1 test" : $"{Tests} tests";
}
