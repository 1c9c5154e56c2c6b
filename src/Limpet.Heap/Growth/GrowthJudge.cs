using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Growth;

/// <summary>Judges the objects on a trace by how their path nodes went over the rounds.</summary>
public sealed class GrowthJudge
{
    private readonly PathGrowth growth;
    private readonly HashSet<ulong> tops;
    private readonly TraceStatus grown;

    /// <summary>Creates a judge.</summary>
    /// <param name="growth">The rounds.</param>
    /// <param name="root">The growth root that the trace is about.</param>
    /// <param name="grown">Whether what is at or below it should be there and why, such as <c>+1.00 per operation in 8 of 8 rounds</c>.</param>
    public GrowthJudge(PathGrowth growth, GrowthRoot root, TraceStatus grown)
    {
        this.growth = growth;
        this.grown = grown;
        tops = [.. root.Tops.Select(top => top.Id)];
    }

    /// <summary>Whether the objects of a path node should be there: those at or below the growth root as its growth says, those whose number never changes yes.</summary>
    public TraceStatus Of(PathNode path)
    {
        if (growth.StepsTo(path.Id).Any(step => tops.Contains(step.Id)))
        {
            return SourceNames.AsyncMethodOf(path.Type) is null || growth.Find(path.Id) is not { } waits
                ? grown
                : grown with { Reason = $"{grown.Reason}, since {Beginning(waits)}" };
        }

        return OfOthers(growth, path);
    }

    /// <summary>The round from which on there was one at every reading: the oldest that waits began then.</summary>
    private static string Beginning(PathSeries series)
    {
        int none = series.Counts.LastIndexOf(0);
        return none < 0 ? "the first round" : $"round {none + 2}";
    }

    /// <summary>Whether objects that are not what grew should be there: those whose number never changes should.</summary>
    public static TraceStatus OfOthers(PathGrowth growth, PathNode path)
    {
        if (growth.Find(path.Id) is not { } series || series.Counts.Distinct().Count() == 1)
        {
            return new TraceStatus(LeakingStatus.No, path.Count == 1 ? "1 object in every round" : $"{path.Count} objects in every round");
        }

        return new TraceStatus(LeakingStatus.Unknown, $"{series.Counts.Min()} to {series.Counts.Max()} objects, by round");
    }
}
