using System.Diagnostics;
using System.Globalization;
using Limpet.Bench.Processes;
using Limpet.Capture;
using Limpet.Resources;

namespace Limpet.Bench.Watching;

/// <summary>What it costs to watch processes at the default rates: processor time of the tool once it has warmed up, and its memory.</summary>
internal static class WatchBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    /// <summary>What may be spent, as a share of one core, by number of processes.</summary>
    private static readonly (int Processes, double Bound)[] Bounds = [(10, 0.005), (100, 0.04)];

    private const int ProcessesOfADay = 50;

    /// <summary>What the tool may hold after a day.</summary>
    private const long DayBound = 100_000_000;

    public static int Run(int seconds, bool day)
    {
        bool met = !day || MeasureDay();
        foreach ((int processes, double bound) in Bounds)
        {
            (double share, long memory) = Measure(processes, TimeSpan.FromSeconds(seconds));
            met &= share <= bound;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{processes} processes: {share:0.00 %} of one core (bound {bound:0.0 %}), {memory / 1048576.0:0} MiB"));
        }

        return met ? 0 : 1;
    }

    private static bool MeasureDay()
    {
        long start = Stopwatch.GetTimestamp();
        using TraceableProcess tree = Start(ProcessesOfADay);
        using LineProcess worker = LineProcess.Start(Folders.BenchDll, ["measure", "day", tree.Id.ToString(CultureInfo.InvariantCulture)]);
        long[] figures = [.. worker.ReadLine().Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        tree.Kill();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ProcessesOfADay} processes for 24 h: {figures[0] / 1e6:0} MB at most (bound {DayBound / 1e6:0} MB), {figures[1]:#,0} readings taken in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        return figures[0] <= DayBound;
    }

    private static TraceableProcess Start(int processes) => TraceableProcess.Start(
        ["/bin/sh", "-c", string.Create(CultureInfo.InvariantCulture, $"i=1; while [ $i -lt {processes} ]; do sleep 5000 & i=$((i+1)); done; echo up; read line")]);

    private static (double Share, long Memory) Measure(int processes, TimeSpan time)
    {
        using TraceableProcess tree = Start(processes);
        using LineProcess tool = LineProcess.Start(Folders.CliDll, ["watch", "--pid", tree.Id.ToString(CultureInfo.InvariantCulture), "--quiet"]);
        try
        {
            Thread.Sleep(WarmUp);
            using IProcessProbe probe = ProcessReaders.Open(tool.Id) ?? throw new InvalidOperationException("The tool has ended.");
            ProcessPulse before = probe.Read()!.Value;
            Thread.Sleep(time);
            ProcessPulse after = probe.Read()!.Value;
            return ((after.Cpu - before.Cpu) / time, after.Rss.Bytes);
        }
        finally
        {
            tree.Kill();
        }
    }
}
