using System.Diagnostics;
using System.Globalization;

namespace Limpet.TestTargets;

/// <summary>
/// The heap of another target and a thread that ticks every millisecond and remembers the largest gap between two
/// ticks: how long this process was really stopped. The line "gap" answers it in milliseconds and starts anew.
/// </summary>
internal sealed class TickerTarget(Target heap) : Target
{
    private static long s_largestGap;

    public override string Build()
    {
        string truth = heap.Build();
        Settling.Settle();
        new Thread(Tick) { IsBackground = true, Name = "ticker", Priority = ThreadPriority.Highest }.Start();
        return truth;
    }

    public override string Answer(string line, int number) => line == "gap"
        ? string.Create(CultureInfo.InvariantCulture, $"gap {Milliseconds(Interlocked.Exchange(ref s_largestGap, 0)):0.000}")
        : base.Answer(line, number);

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private static void Tick()
    {
        using ManualResetEventSlim never = new();
        for (long last = Stopwatch.GetTimestamp(); ;)
        {
            never.Wait(1);
            long now = Stopwatch.GetTimestamp();
            // A gap that "gap" resets between this read and this write counts for the next reading, never for none.
            if (now - last > Interlocked.Read(ref s_largestGap))
            {
                Interlocked.Exchange(ref s_largestGap, now - last);
            }

            last = now;
        }
    }
}
