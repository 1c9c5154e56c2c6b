using System.Globalization;
using Limpet.Bench.Processes;
using Limpet.Capture;
using Limpet.Capture.Live;
using Limpet.Heap;

namespace Limpet.Bench.Capturing;

/// <summary>What hashes and texts of strings add to a capture, on a heap of which two objects of three are strings. The ways take turns, so that a slow minute of the machine meets all of them.</summary>
internal static class StringsBench
{
    public static int Run(int objects, int repeat)
    {
        BenchHeading.Write();
        using BenchTarget process = BenchTarget.Start(objects, "texts");
        StringReading[] ways = Enum.GetValues<StringReading>();
        LiveTarget[] targets = [.. ways.Select(way => LiveTarget.Attach(process.Id, way))];
        List<(TimeSpan Stall, TimeSpan Whole)>[] runs = [.. ways.Select(_ => new List<(TimeSpan, TimeSpan)>())];
        int strings = 0;
        for (int time = -1; time < repeat; time++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                LiveCapture capture = targets[way].Capture();
                using HeapGraph graph = capture.Graph;
                strings = graph.Strings?.Count ?? strings;

                // The first of each touches its memory.
                if (time >= 0)
                {
                    runs[way].Add((capture.Timings.Stall, capture.Timings.StopToGraph));
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{objects:N0} objects, {strings:N0} strings, heap of {targets[0].Prediction.Heap}; medians of {repeat}, least in brackets\n"));
        Console.Write(MarkdownTable.Write(
            ["kept of strings", "stopped, ms", "stop to graph, ms", "predicted, ms"],
            [.. ways.Select((way, index) => (string[])[way.ToString(), Shown(runs[index].Select(run => run.Stall)), Shown(runs[index].Select(run => run.Whole)), Milliseconds(targets[index].Prediction.Stall.TotalMilliseconds)])]));
        foreach (LiveTarget target in targets)
        {
            target.Dispose();
        }

        return 0;
    }

    private static string Shown(IEnumerable<TimeSpan> times) => $"{Milliseconds(Median.Of(times.Select(time => time.TotalMilliseconds)))} ({Milliseconds(times.Min().TotalMilliseconds)})";

    private static string Milliseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
