using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Checks;

/// <summary>A hang with the stacks of the moment, where the tool can read them.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Drawings">The finding as the tool draws it.</param>
/// <param name="NoStacksReason">Why there are no stacks; null when there are.</param>
/// <param name="Origin">How the process was read.</param>
internal sealed record HangStacks(Finding Finding, ImmutableArray<string> Drawings, string? NoStacksReason, TraceOrigin Origin)
{
    /// <summary>The result with the finding and its stacks.</summary>
    public CheckResult AddTo(CheckResult result) =>
        result.Traced(Origin) with { Findings = [Finding], Drawings = Drawings, NoTraceReason = NoStacksReason };

    /// <summary>Reads them.</summary>
    public static HangStacks Read(Finding finding, bool trace, string? tool)
    {
        if (!trace)
        {
            return new HangStacks(finding, [], "The option Trace is off.", TraceOrigin.Memory);
        }

        try
        {
            using ToolSession session = ToolSession.Open(tool);
            JsonElement answer = session.Ask(json =>
            {
                json.WriteString("do", "stacks");
                json.WriteString("subject", finding.Subject);
                json.WriteString("signature", finding.Signature);
                json.WriteString("confidence", finding.Confidence);
            });
            (Finding found, string text) = FindingReader.Read(answer)[0];
            return new HangStacks(found, [text], null, TraceOrigin.Read(answer));
        }
        catch (LimpetException exception)
        {
            return new HangStacks(finding, [], exception.Message, TraceOrigin.Memory);
        }
    }
}
