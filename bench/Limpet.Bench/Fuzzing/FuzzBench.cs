using System.Diagnostics;
using System.Globalization;
using Limpet.Bench.Processes;
using Limpet.Results;

namespace Limpet.Bench.Fuzzing;

/// <summary>Alters a heap file, a <c>.gcdump</c> or a dump again and again, and counts how reading it ends. Ten thousand times an answer or a clear error: that is a pass.</summary>
internal static class FuzzBench
{
    private const int Batch = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static int Run(string file, int count, int seed, bool isPortable)
    {
        if (!File.Exists(file))
        {
            throw new LimpetException($"There is no file {file}. Make one: limpet snapshot PID -o heap.limpet, limpet convert heap.limpet -o heap.gcdump, createdump --withheap -f heap.dmp PID");
        }

        long start = Stopwatch.GetTimestamp();
        int answered = 0;
        int refused = 0;
        int broke = 0;
        long peak = 0;
        List<string> wrong = [];
        for (int next = seed; next < seed + count;)
        {
            using LineProcess worker = LineProcess.Start(Folders.BenchDll, ["measure", isPortable ? "fuzz-portable" : "fuzz", file, Text(next), Text(Math.Min(Batch, seed + count - next))]);
            int at = next;
            try
            {
                string line;
                while (!(line = worker.ReadLine(Longest)).StartsWith("peak ", StringComparison.Ordinal))
                {
                    string[] words = line.Split(' ', 2);
                    at = words[0] == "seed" ? int.Parse(words[1], CultureInfo.InvariantCulture) : at;
                    answered += words[0] == "answered" ? 1 : 0;
                    refused += words[0] == "refused" ? 1 : 0;
                    if (words[0] == "wrong")
                    {
                        Note(words[1]);
                    }

                    if (line.StartsWith("seed ", StringComparison.Ordinal) && (at - seed) % 1000 == 999)
                    {
                        Console.WriteLine($"{at - seed + 1} of {count}: {answered} answered, {refused} refused, {wrong.Count} wrong");
                    }
                }

                peak = Math.Max(peak, long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
                next = at + 1;
            }
            catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
            {
                // What ends the process that reads must not end the tool: it reads dumps in a child. Here the tool would read a dump by its decoder, so what its guard makes of a signal stands for it.
                if ((isPortable ? NoSignal(exception, worker) : RefusedByTheTool(file, at)) is { } ending)
                {
                    Note($"{at}: {exception.Message.ReplaceLineEndings(" / ")}; the tool: {ending}");
                }
                else
                {
                    refused++;
                    broke++;
                }

                next = at + 1;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {count} mutations from seed {seed} in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s: {answered} answered, {refused} refused with a clear error ({broke} of them broke the debugging library), {wrong.Count} wrong; at most {new ByteSize(peak)} of memory"));
        return wrong.Count == 0 ? 0 : 1;

        void Note(string what)
        {
            wrong.Add(what);
            Console.WriteLine($"wrong: {what}");
        }
    }

    /// <summary>How a process that reads ended; null when a signal did it, which the tool says of a child in one clear error.</summary>
    private static string? NoSignal(Exception exception, LineProcess worker)
    {
        const int FirstSignalCode = 128;
        return exception is TimeoutException ? "it hangs" : worker.AwaitEnd().Code is > FirstSignalCode ? null : "it ended by itself";
    }

    /// <summary>How the tool ends on a mutation; null when that is exit code 2 and one clear error.</summary>
    private static string? RefusedByTheTool(string file, int seed)
    {
        string copy = Path.Combine(Path.GetTempPath(), $"limpet-fuzz-{Environment.ProcessId}");
        try
        {
            using MutatedFile mutated = new(file, copy);
            mutated.Mutate(seed);
            using LineProcess tool = LineProcess.Start(Folders.CliDll, ["why", copy, "System.String"]);
            (int code, _, string errors) = tool.AwaitEnd();
            return code == 2 && errors.Contains($"limpet: Cannot read {copy}: ", StringComparison.Ordinal) ? null : $"exit code {code}: {errors.ReplaceLineEndings(" / ")}";
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
