using System.Diagnostics;
using System.Text.Json;
using Limpet.Bench.Processes;
using Limpet.Capture;
using Limpet.Capture.Live;
using Limpet.Heap;

namespace Limpet.Bench.Capturing;

/// <summary>One capture, in this process. Between attaching and stopping it waits for a line, so that the ticker can be asked in between.</summary>
internal static class CaptureMeasurement
{
    public static int Run(int pid)
    {
        long begun = Stopwatch.GetTimestamp();
        using LiveTarget target = LiveTarget.Attach(pid);
        TimeSpan attach = Stopwatch.GetElapsedTime(begun);
        Console.WriteLine("attached");
        Console.ReadLine();

        begun = Stopwatch.GetTimestamp();
        LiveCapture capture = target.Capture();
        TimeSpan whole = Stopwatch.GetElapsedTime(begun);
        long peak = PeakMemory.Bytes();
        using HeapGraph graph = capture.Graph;
        Console.WriteLine(JsonSerializer.Serialize(new CaptureFigures
        {
            Attach = attach,
            StopToGraph = capture.Timings.StopToGraph,
            Whole = whole,
            Stall = capture.Timings.Stall,
            PredictedStall = target.Prediction.Stall,
            Retries = capture.Timings.Retries,
            Nodes = graph.NodeCount,
            Edges = graph.EdgeCount,
            Roots = graph.Roots.Length,
            GraphBytes = graph.MemoryBytes,
            PeakBytes = peak,
            Counts = TargetTypes.Counts(ByType(graph)),
            Incomplete = graph.IncompleteReason,
        }));
        return 0;
    }

    private static IEnumerable<(string Type, long Count)> ByType(HeapGraph graph)
    {
        long[] counts = new long[graph.Types.Length];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            counts[graph.TypeIndexOf(new NodeIndex(node)).Value]++;
        }

        return graph.Types.Select((type, index) => (type.Name, counts[index]));
    }
}
