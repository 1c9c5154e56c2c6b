using System.Globalization;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Killing;

/// <summary>Kills a capturing process at random moments and looks whether the target lives on as if nothing had happened.</summary>
internal static class KillBench
{
    /// <summary>Some captures long, so that kills fall into every part of one, the first one included.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(300);

    public static int Run(int times, int objects, int seed)
    {
        var random = new Random(seed);
        using BenchTarget target = BenchTarget.Start(objects);
        int inStop = 0;
        int well = 0;
        for (int time = 1; time <= times; time++)
        {
            TimeSpan after = random.NextDouble() * Longest;
            KillTrial trial = KillTrial.Run(target, after);
            inStop += trial.InStop ? 1 : 0;
            well += trial.Trouble is null ? 1 : 0;
            if (time % 50 == 0 && time < times)
            {
                Console.WriteLine($"{time} of {times}: {inStop} kills while the target stood still, target well {well} times");
            }

            if (trial.Trouble is not null)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time}: killed after {after.TotalMilliseconds:0.0} ms, the target {trial.Trouble}"));
                if (trial.Trouble.StartsWith("does not answer", StringComparison.Ordinal))
                {
                    // It will not answer the next time either.
                    times = time;
                }
            }
        }

        Console.WriteLine($"killed {times} times (seed {seed}), {inStop} of them while the target stood still");
        Console.WriteLine($"target well afterwards: {well} of {times}");
        return well == times ? 0 : 1;
    }
}
