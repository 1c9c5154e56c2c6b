using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Cli.Hunting.Run;
using Limpet.Reporting.Json;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>Answers where all threads stand.</summary>
internal static class TracedStacks
{
    public static Action<Utf8JsonWriter> Answer(TargetReader reader)
    {
        ImmutableArray<ThreadStackGroup> stacks = reader.Live.CaptureStacks();
        Finding finding = new()
        {
            Kind = FindingKind.Hang,
            Subject = "",
            Signature = "",
            Confidence = "",
            Stacks = stacks,
        };
        return json => json.Objects("findings", [finding], TracedFinding.Write);
    }
}
