using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>
/// Arrays of numbers and structs that doubled while the operations ran, and that belong to no collection which counts its elements. They grow in steps, so that nobody can tell one that fills from
/// one that was too small; what is not known is said.
/// </summary>
internal static class UncountedArrays
{
    private const double Smallest = 16 * 1024;

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<string> Of(HuntLog log, JudgedRun run)
    {
        foreach (ContentSeries array in run.Uncounted.Where(content => (content.Path.Traits & TypeTraits.Array) != 0))
        {
            double before = array.Values[log.Baseline], after = array.Values[^1];
            if (after >= 2 * before && after - before >= Smallest && GrowthContainer.Above(run.Growth.StepsTo(array.Id)) is { IsUsers: true } container)
            {
                yield return $"How full the array behind {container.Name} is: it grew in steps, from {new ByteSize((long)before)} to {new ByteSize((long)after)}, and what an array has room for is not what is in it.";
            }
        }
    }
}
