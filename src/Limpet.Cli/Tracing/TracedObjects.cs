using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Reporting.Json;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>Answers what holds the objects that weak handles refer to. Events do not show the handles: there it is what holds the objects of their type.</summary>
internal static class TracedObjects
{
    public static Action<Utf8JsonWriter> Answer(TracedWays ways, JsonElement request, CancellationToken cancellation)
    {
        using TracedSource source = ways.Capture(TracedHandles.Read(request), cancellation);
        bool byEvents = source.Way == CaptureWay.EventPipe;
        NodeIndex[] there = byEvents ? OfType(source, request) : [.. source.Objects.Where(node => !node.IsNone)];
        if (there.Length == 0)
        {
            return json => json.WriteString("hold", "Gone");
        }

        SubjectQuery query = new(source.Graph, source.Code, byEvents ? CallerFrames.UnknownThread : request.GetProperty("thread").GetInt32());
        (SubjectHold hold, RetentionAnswer answer) = query.Ask(there, request.GetProperty("claim").GetString()!, request.GetProperty("shapes").GetInt32(), cancellation);
        if (byEvents && hold == SubjectHold.Nothing)
        {
            throw Untold(source, $"they tell of {there.Length} {answer.Type}, and of no root that leads there.");
        }

        Finding[] findings = [.. answer.Traces.Select(group => FindingOf(group, request))];
        string? incomplete = source.Graph.IncompleteReason;
        return json =>
        {
            json.WriteString("hold", hold.ToString());
            json.WriteString("type", answer.Type);
            json.WriteNumber("count", answer.RootedCount);
            json.Objects("findings", findings, hold == SubjectHold.Something ? TracedFinding.Write : TracedFinding.WriteTrace);
            json.WriteNumber("omittedShapes", answer.OmittedShapes);
            json.WriteNumber("stallSeconds", source.Stall.TotalSeconds);
            json.OptionalText("incomplete", incomplete);
            source.Write(json);
        };
    }

    /// <summary>The objects of the type of the request.</summary>
    private static NodeIndex[] OfType(TracedSource source, JsonElement request)
    {
        string wanted = SourceNames.Type(request.GetProperty("type").GetString()!);
        bool[] same = [.. source.Graph.Types.Select(type => SourceNames.Type(type.Name) == wanted)];
        NodeIndex[] there = [.. Enumerable.Range(0, source.Graph.NodeCount).Select(node => new NodeIndex(node)).Where(node => same[source.Graph.TypeIndexOf(node).Value])];
        return there.Length > 0 ? there : throw Untold(source, $"they tell of no {wanted}.");
    }

    /// <summary>The verdict stands: that events do not name something is no proof that it is gone.</summary>
    private static LimpetException Untold(TracedSource source, string fact) =>
        new(Trouble.Refused, string.Join(' ', [.. source.Refusals, $"Its own runtime was asked for its heap by events: {fact} Run the test where its memory can be read."]));

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
