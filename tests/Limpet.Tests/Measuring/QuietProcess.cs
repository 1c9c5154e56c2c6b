using System.Diagnostics;
using Limpet.Measuring;

namespace Limpet.Tests.Measuring;

/// <summary>Waits until what the tests before left to the runner is gone: results that are on their way, and pools that are trimmed.</summary>
public sealed class QuietProcess
{
    private const int Quiet = 5;
    private const long Noise = 16 * 1024;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public QuietProcess()
    {
        long start = Stopwatch.GetTimestamp();
        long before = 0;
        for (int quiet = 0; quiet < Quiet && Stopwatch.GetElapsedTime(start) < Deadline;)
        {
            SettledCollection.Settle(Deadline);
            long now = GC.GetTotalMemory(forceFullCollection: false);
            quiet = Math.Abs(now - before) < Noise ? quiet + 1 : 0;
            before = now;
            Thread.CurrentThread.Join(Between);
        }
    }
}
