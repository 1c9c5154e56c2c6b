using System.Diagnostics;
using System.Globalization;
using Limpet.Bench.Processes;
using Limpet.Heap;
using Limpet.Heap.Cycles;
using Limpet.Heap.Dominators;
using Limpet.Heap.Paths;

namespace Limpet.Bench.Graphs;

/// <summary>
/// What the algorithms cost beside the graph: time a node, and memory a node at the peak, one after the other as inspect runs them. They use one core:
/// bounds hold for processor time, which other work on the machine changes least; the time by the clock is shown too.
/// </summary>
internal static class GraphBench
{
    private const double MostBytes = 40;
    private const int MostShapes = 5;

    public static int Run(int[] sizes, bool shuffled, int repeat)
    {
        BenchHeading.Write($"objects in {(shuffled ? "no order" : "the order of allocation")}");
        using (HeapGraph warm = GeneratedGraph.Create(50_000, shuffled))
        {
            Measure(warm);
        }

        List<string[]> rows = [];
        bool met = true;
        foreach (int nodes in sizes)
        {
            using HeapGraph graph = GeneratedGraph.Create(nodes, shuffled);
            GraphFigures[] runs = [.. Enumerable.Range(0, repeat).Select(_ => Measure(graph))];
            double total = Median.Of(runs.Select(run => run.Cpu));
            double bound = nodes <= 5_000_000 ? 0.3 : 0.5;
            double peak = runs.Max(run => run.PeakBytes);

            // Of a small graph the runtime's own memory is the larger part.
            bool isBounded = nodes >= 5_000_000;
            met &= total <= bound && (!isBounded || peak <= MostBytes);
            rows.Add(
            [
                $"{nodes / 1e6:0.#} M, {graph.EdgeCount / 1e6:0.#} M references",
                Micro(runs, run => run.Components.Cpu),
                Micro(runs, run => run.Dominators.Cpu),
                Micro(runs, run => run.ShortestPaths.Cpu),
                string.Create(CultureInfo.InvariantCulture, $"{total:0.000} (≤ {bound})"),
                Micro(runs, run => run.Wall),
                peak.ToString("0.0", CultureInfo.InvariantCulture) + (isBounded ? $" (≤ {MostBytes:0})" : ""),
                (Median.Of(runs.Select(run => run.Why.Cpu)) * nodes / 1e6).ToString("0.00", CultureInfo.InvariantCulture),
            ]);
        }

        Console.WriteLine();
        Console.Write(MarkdownTable.Write(["nodes", "components, µs of processor time a node", "dominators and retained sizes", "shortest paths", "all, µs a node", "by the clock", "peak, bytes a node", "why of one type, s of processor time"], rows));
        return met ? 0 : 1;
    }

    private static string Micro(GraphFigures[] runs, Func<GraphFigures, double> figure) => Median.Of(runs.Select(figure)).ToString("0.000", CultureInfo.InvariantCulture);

    private static GraphFigures Measure(HeapGraph graph)
    {
        GC.Collect();
        PeakMemory.Reset();
        long before = PeakMemory.Bytes();
        GraphTime components = Time(graph, () => StrongComponents.Find(graph, default).Dispose());
        DominatorTree? dominators = null;
        ShortestPathTree? paths = null;
        GraphTime dominating = Time(graph, () => dominators = DominatorTree.Build(graph, default));
        GraphTime searching = Time(graph, () => paths = ShortestPathTree.Build(graph, default));
        long peak = PeakMemory.Bytes() - before;
        dominators!.Dispose();
        paths!.Dispose();
        GraphTime why = Time(graph, () =>
        {
            using RetentionQuery query = RetentionQuery.Open(graph, default);
            query.Ask("Order", MostShapes, default);
        });
        return new GraphFigures(components, dominating, searching, why, (double)peak / graph.NodeCount);
    }

    private static GraphTime Time(HeapGraph graph, Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        work();
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        return new GraphTime(wall.TotalMicroseconds / graph.NodeCount, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / graph.NodeCount);
    }
}
