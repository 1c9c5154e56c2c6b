using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>
/// A part of a heap that costs to walk what the whole costs, in small: what a stop will take is measured on it. All of a large heap
/// would be walked for nothing else.
/// </summary>
internal static class WalkSample
{
    /// <summary>The segments that are chosen hold about so much; a heap of up to twice as much is walked whole.</summary>
    public const long Bytes = 64 << 20;

    /// <summary>Every n-th segment by bytes, of each generation alike.</summary>
    public static List<SegmentPlan> Of(IReadOnlyList<SegmentPlan> segments)
    {
        long total = segments.Sum(Length);
        if (total <= 2 * Bytes)
        {
            return [.. segments];
        }

        List<SegmentPlan> chosen = [];
        double passed = 0, taken = 0;
        foreach (SegmentPlan segment in segments.OrderBy(segment => segment.Generation).ThenBy(segment => segment.Start))
        {
            passed += Length(segment);
            if (passed * Bytes / total > taken)
            {
                chosen.Add(segment);
                taken += Length(segment);
            }
        }

        return chosen;
    }

    /// <summary>
    /// How long all segments take on so many workers, by what those of the sample took: each generation has its own kind of objects, so that each goes by its own segments.
    /// One segment is one worker's, however long it is.
    /// </summary>
    public static TimeSpan Predict(IReadOnlyList<SegmentPlan> all, IReadOnlyList<SegmentPlan> walked, int workers)
    {
        double anywhere = SecondsPerByte(walked);
        double seconds = 0, longest = 0;
        foreach (IGrouping<HeapGeneration, SegmentPlan> generation in all.GroupBy(segment => segment.Generation))
        {
            SegmentPlan[] sample = [.. walked.Where(segment => segment.Generation == generation.Key)];
            double perByte = sample.Sum(segment => segment.Walked) == 0 ? anywhere : SecondsPerByte(sample);
            seconds += perByte * generation.Sum(Length);
            longest = Math.Max(longest, perByte * generation.Max(Length));
        }

        return TimeSpan.FromSeconds(Math.Max(seconds / workers, longest));
    }

    private static double SecondsPerByte(IReadOnlyCollection<SegmentPlan> segments) =>
        segments.Sum(segment => segment.Time.TotalSeconds) / Math.Max(1, segments.Sum(segment => segment.Walked));

    private static long Length(SegmentPlan segment) => (long)(segment.End - segment.Start);
}
