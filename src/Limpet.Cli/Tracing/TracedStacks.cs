using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Reporting.Json;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>Answers where all threads stand.</summary>
internal static class TracedStacks
{
    public static Action<Utf8JsonWriter> Answer(TracedWays ways, JsonElement request, CancellationToken cancellation)
    {
        (ImmutableArray<ThreadStackGroup> stacks, CaptureWay way, ImmutableArray<string> refusals) = ways.Stacks(cancellation);
        Finding finding = new()
        {
            Kind = FindingKind.Hang,
            Subject = request.GetProperty("subject").GetString()!,
            Signature = request.GetProperty("signature").GetString()!,
            Confidence = request.GetProperty("confidence").GetString()!,
            Stacks = stacks,
        };
        return json =>
        {
            json.Objects("findings", [finding], TracedFinding.Write);
            TracedSource.Write(json, way, refusals);
        };
    }
}
