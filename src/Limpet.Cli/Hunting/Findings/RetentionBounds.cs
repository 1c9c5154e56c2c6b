using System.Collections.Immutable;
using System.Globalization;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What bounds something that stopped growing, as far as structure and rounds show it: a fixed capacity, a limit that was stated, a time to live, a due time.</summary>
internal static class RetentionBounds
{
    private const int ArrayHeader = 24;
    private const int ReferenceSize = 8;

    /// <summary>An idle round in which this share goes shows that time takes it away.</summary>
    private const double SmallestFall = 0.05;

    /// <summary>Rounds at the end with the same count that show a capacity.</summary>
    private const int SteadyRounds = 3;

    private const string GoesWithTime = "it goes with time, driven or not: a time to live bounds it";

    /// <returns>A few words, such as <c>a fixed array of 128 places holds it</c>; empty when nothing shows what bounds it.</returns>
    public static string Describe(GrowthRoot root, PathGrowth growth, ImmutableArray<Round> rounds)
    {
        ImmutableArray<double> counts = root.Tops[0].Counts;
        if (FallsWhenIdle(counts, rounds))
        {
            return growth.StepsTo(root.Subject.Id).Any(step => step.Type.StartsWith("System.Threading.Timer", StringComparison.Ordinal) || step.Type.Contains("+DelayPromise", StringComparison.Ordinal))
                ? "it goes when its timer is due"
                : GoesWithTime;
        }

        if (FixedPlaces(root, growth) is { } places)
        {
            return string.Create(CultureInfo.InvariantCulture, $"a fixed array of {places:#,0} places holds it");
        }

        string steady = Steady(counts, rounds);
        string limit = new LimitedCaches(growth).LimitOf(root.Tops[0]) ?? "";
        return steady.Length == 0 ? limit : limit.Length == 0 ? steady : $"{limit}, and {steady}";
    }

    /// <summary>The same of what is known by its number alone.</summary>
    public static string Describe(ImmutableArray<double> counts, ImmutableArray<Round> rounds) => FallsWhenIdle(counts, rounds) ? GoesWithTime : Steady(counts, rounds);

    private static string Steady(ImmutableArray<double> counts, ImmutableArray<Round> rounds)
    {
        int driven = Enumerable.Range(0, counts.Length).Count(round => round >= counts.Length - SteadyRounds - 1 && rounds[round].Operations > 0);
        bool steady = counts.Length > SteadyRounds && driven >= SteadyRounds && counts[^(SteadyRounds + 1)..].All(count => count == counts[^1]);
        return steady ? string.Create(CultureInfo.InvariantCulture, $"it stayed at exactly {counts[^1]:#,0} in the last {driven} driven rounds, as at a capacity") : "";
    }

    private static bool FallsWhenIdle(ImmutableArray<double> counts, ImmutableArray<Round> rounds) => Enumerable.Range(1, counts.Length - 1)
        .Any(round => rounds[round].Kind == RoundKind.Idle && counts[round - 1] - counts[round] > SmallestFall * counts[round - 1]);

    /// <summary>Places of the array that holds the tops, when it had the same size in every round and is full or nearly so.</summary>
    private static double? FixedPlaces(GrowthRoot root, PathGrowth growth)
    {
        ImmutableArray<PathNode> steps = growth.StepsTo(root.Tops[0].Id);
        if (steps.Length < 2 || root.Tops[0].Path.Label.Kind != "ArrayElement" || steps[^2] is not { Count: 1 } holder
            || (holder.Traits & TypeTraits.Array) == 0 || growth.Find(holder.Id) is not null)
        {
            return null;
        }

        double places = Math.Floor((holder.Bytes - ArrayHeader) / (double)ReferenceSize);
        return root.Tops[0].Counts[^1] <= places && root.Tops[0].Counts[^1] >= 0.9 * places ? places : null;
    }
}
