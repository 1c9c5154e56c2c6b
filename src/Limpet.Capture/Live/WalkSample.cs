namespace Limpet.Capture.Live;

/// <summary>
/// A part of a heap that costs to walk what the whole costs, in small: what a stop will take is measured on it. All of a large heap
/// would be walked for nothing else.
/// </summary>
internal static class WalkSample
{
    /// <summary>The segments that are chosen hold about so much; a heap of up to twice as much is walked whole.</summary>
    public const long Bytes = 64 << 20;

    /// <summary>Measured: what a byte costs to copy, and an object or a reference to decode, in nanoseconds of the same machine. Only their ratio matters.</summary>
    private const double NanosecondsPerByte = 0.15, NanosecondsPerItem = 6;

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

    /// <summary>How much work a walk is; only ratios have a meaning.</summary>
    public static double Work(long bytes, long nodes, long edges) => (bytes * NanosecondsPerByte) + ((nodes + edges) * NanosecondsPerItem);

    private static long Length(SegmentPlan segment) => (long)(segment.End - segment.Start);
}
