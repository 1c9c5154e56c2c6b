using System.Diagnostics;
using Limpet.Resources;

namespace Limpet.Measuring;

/// <summary>
/// A thread that was joined may stand in the system's list for a moment more. So a difference with new threads is taken again until they are gone or the
/// patience is at its end: only what leaks costs the wait.
/// </summary>
internal static class ThreadSettling
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    public static ResourceDifference Since(ResourceSnapshot before, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        using ManualResetEventSlim never = new();
        for (int pause = 1; ; pause = Math.Min(2 * pause, 50))
        {
            ResourceDifference difference = ResourceSnapshot.Take().Since(before);
            if (difference.GrowthOf(ResourceKind.Thread) is null or <= 0 || Stopwatch.GetElapsedTime(start) >= patience)
            {
                return difference;
            }

            never.Wait(pause);
        }
    }
}
