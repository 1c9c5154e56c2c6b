using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Reporting.Json;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>
/// What came with some operations, by two heaps: for an operation that leaks by its bytes, in a process whose memory cannot be read after each round. No verdict rests on it.
/// </summary>
internal sealed class TracedGrowth(TracedWays ways)
{
    private const int MostPlaces = 3;

    /// <summary>What grows with the operations has at least so many for each: one at every other.</summary>
    private const double Enough = 0.5;

    private HeapCensus? before;
    private CaptureWay way;
    private ImmutableArray<string> refusals = [];

    /// <summary>Reads the heap before the operations.</summary>
    public Action<Utf8JsonWriter> Before(CancellationToken cancellation)
    {
        using TracedSource source = ways.Capture([], cancellation);
        way = source.Way;
        refusals = source.Refusals;
        using ShortestPathTree tree = ShortestPathTree.Build(source.Graph, TraceSession.WithoutLibrary(source.Graph), cancellation);
        using MergedPaths merged = MergedPaths.Of(tree, cancellation);
        before = HeapCensus.Of(merged);
        return json => TracedSource.Write(json, way, refusals);
    }

    /// <summary>Reads it after them, and says what holds that of which there is more.</summary>
    public Action<Utf8JsonWriter> After(JsonElement request, CancellationToken cancellation)
    {
        long operations = request.GetProperty("operations").GetInt64();
        using TracedSource source = ways.CaptureAgain(way, cancellation);
        PathLimits limits = TraceSession.WithoutLibrary(source.Graph);
        HeapCensus after;
        using (ShortestPathTree tree = ShortestPathTree.Build(source.Graph, limits, cancellation))
        {
            using MergedPaths merged = MergedPaths.Of(tree, cancellation);
            after = HeapCensus.Of(merged);
        }

        ContainerDelta[] grown = [.. HeapDiff.Of([before!, after]).Containers.Where(place => place.Delta.CountDelta >= operations * Enough).Take(MostPlaces)];
        Finding[] findings = grown.Length == 0 ? [] : Explain(source, limits, grown, operations, cancellation);
        return json =>
        {
            json.Objects("findings", findings, TracedFinding.Write);
            TracedSource.Write(json, way, refusals);
        };
    }

    private static Finding[] Explain(TracedSource source, PathLimits limits, ContainerDelta[] grown, long operations, CancellationToken cancellation)
    {
        using RetentionQuery query = RetentionQuery.Open(source.Graph, source.Code, limits, cancellation);
        return [.. grown.DistinctBy(place => place.Subject).Select(place => Explain(source.Graph, query, place, operations, cancellation)).OfType<Finding>()];
    }

    /// <summary>The way of the most objects of the type that came.</summary>
    private static Finding? Explain(HeapGraph graph, RetentionQuery query, ContainerDelta place, long operations, CancellationToken cancellation)
    {
        bool[] meant = [.. graph.Types.Select(type => SourceNames.Type(type.Name) == place.Subject)];
        NodeIndex[] nodes = [.. Enumerable.Range(0, graph.NodeCount).Select(node => new NodeIndex(node)).Where(node => meant[graph.TypeIndexOf(node).Value])];
        if (nodes.Length == 0)
        {
            return null;
        }

        TraceStatus grown = new(LeakingStatus.Yes, string.Create(CultureInfo.InvariantCulture, $"+{place.Delta.CountDelta} in {operations} operations"));
        TraceStatus unknown = new(LeakingStatus.Unknown, "two heaps tell what came, and not whether this should be there");
        RetentionAnswer answer = query.Ask(nodes, MostPlaces, (path, subject) => path.Id == subject.Id ? grown : unknown, cancellation);
        RetentionGroup? most = answer.Traces.OrderByDescending(group => group.Count).FirstOrDefault();
        return most is null ? null : new Finding
        {
            Kind = FindingKind.ManagedLeak,
            Subject = place.Subject,
            Signature = most.Trace.Signature,
            PerOperation = new Amount((double)place.Delta.CountDelta / operations, null),
            Retained = new Amount(most.Count, most.Retained.Bytes),
            SeenUpToOperations = operations,
            Confidence = string.Create(CultureInfo.InvariantCulture, $"{place.Delta.CountDelta} more after {operations} operations more, by two heaps. The verdict rests on the bytes."),
            Holder = most.Trace.Trace,
            Hint = most.Trace.Hint,
            Source = most.Trace.Source,
        };
    }
}
