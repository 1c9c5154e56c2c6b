using System.Globalization;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Fuzzing;

/// <summary>The process that reads altered files: it may be ended by one, and says before each which it is.</summary>
internal static class FuzzWorker
{
    public static int Run(string file, bool isPortable, int firstSeed, int count)
    {
        string copy = Path.Combine(Path.GetTempPath(), $"limpet-fuzz-{Environment.ProcessId}");
        try
        {
            using MutatedFile mutated = new(file, copy);
            bool isLast = false;
            for (int seed = firstSeed; seed < firstSeed + count && !isLast; seed++)
            {
                string what = mutated.Mutate(seed);
                Console.WriteLine($"seed {seed}");
                string? wrong = HeapTrial.Run(copy, isPortable, out bool isAnswered, out isLast);
                mutated.Mend();
                if (wrong is not null)
                {
                    Console.WriteLine($"wrong {seed} ({what}): {wrong.ReplaceLineEndings(" / ")}");
                }

                Console.WriteLine(isAnswered ? "answered" : "refused");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {PeakMemory.Bytes()}"));
            return 0;
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
