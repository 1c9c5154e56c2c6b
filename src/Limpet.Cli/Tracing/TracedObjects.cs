using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Capture;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Reporting.Json;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>Answers what holds the objects that weak handles refer to.</summary>
internal static class TracedObjects
{
    public static Action<Utf8JsonWriter> Answer(TargetReader reader, JsonElement request, CancellationToken cancellation)
    {
        (LiveCapture capture, ImmutableArray<NodeIndex> objects) = reader.Live.Capture(TracedHandles.Read(request), cancellation);
        using HeapGraph graph = capture.Graph;
        NodeIndex[] there = [.. objects.Where(node => !node.IsNone)];
        if (there.Length == 0)
        {
            return json => json.WriteString("hold", "Gone");
        }

        SubjectQuery query = new(graph, reader.Code, request.GetProperty("thread").GetInt32());
        (SubjectHold hold, RetentionAnswer answer) = query.Ask(there, request.GetProperty("claim").GetString()!, request.GetProperty("shapes").GetInt32(), cancellation);
        Finding[] findings = [.. answer.Traces.Select(group => FindingOf(group, request))];
        string? incomplete = graph.IncompleteReason;
        return json =>
        {
            json.WriteString("hold", hold.ToString());
            json.WriteString("type", answer.Type);
            json.WriteNumber("count", answer.RootedCount);
            json.Objects("findings", findings, hold == SubjectHold.Something ? TracedFinding.Write : TracedFinding.WriteTrace);
            json.WriteNumber("omittedShapes", answer.OmittedShapes);
            json.WriteNumber("stallSeconds", capture.Timings.Stall.TotalSeconds);
            json.OptionalText("incomplete", incomplete);
        };
    }

    private static Finding FindingOf(RetentionGroup group, JsonElement request) => new()
    {
        Kind = FindingKind.ManagedLeak,
        Subject = group.Trace.Trace.Path[^1].Type,
        Signature = group.Trace.Signature,
        Retained = new Amount(group.Count, group.Retained.Bytes),
        Confidence = request.GetProperty("confidence").GetString()!,
        Holder = group.Trace.Trace,
        Hint = group.Trace.Hint,
        Source = group.Trace.Source,
    };
}
