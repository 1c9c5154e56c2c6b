using Limpet.Cli.Hunting.Run;
using Limpet.Heap.Growth;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>
/// Arrays of numbers and structs that doubled while the operations ran, and that belong to no collection which counts its elements. They grow in steps, so that nobody can tell one that fills from
/// one that was too small; what is not known is said, and how it comes to be known.
/// </summary>
/// <param name="plan">What the run was asked for.</param>
/// <param name="option">How a user says the number of operations of a round, up to the number.</param>
internal sealed class UncountedArrays(PlanOptions plan, string option)
{
    private const double Smallest = 16 * 1024;

    /// <summary>A sentence for each.</summary>
    public IEnumerable<string> Of(HuntLog log, JudgedRun run)
    {
        foreach (ContentSeries array in run.Contents.Enlarged)
        {
            double before = array.Values[log.Baseline], after = array.Values[^1];
            if (after >= 2 * before && after - before >= Smallest && GrowthContainer.Above(run.Growth.StepsTo(array.Id)) is { IsUsers: true } container)
            {
                yield return $"How full the array behind {container.Name} is: it grew in steps, from {new ByteSize((long)before)} to {new ByteSize((long)after)}, and what an array has room for is not what is in it. "
                    + $"Next: {NextStep(log.History)}; if more than {new ByteSize((long)after)} are there then, it fills.";
            }
        }
    }

    /// <summary>An array that is doubled when it is full is doubled once more by as many operations as all so far.</summary>
    private string NextStep(RunHistory history)
    {
        long rounds = plan.BaseRounds + (2 * plan.DoseRounds);
        return history.Mode == DriveMode.Time
            ? "watch it for twice as long, in rounds of twice the length"
            : $"have twice as many operations done, with {option} {((2 * history.Operations.Done) + rounds - 1) / rounds}";
    }
}
