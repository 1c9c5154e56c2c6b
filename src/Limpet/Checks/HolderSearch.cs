using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Checks;

/// <summary>Asks the tool what holds objects. They are named by their weak handles: no reference of Limpet's has to hold them for it.</summary>
internal static class HolderSearch
{
    private const int MostShapes = 3;

    /// <summary>Asks.</summary>
    /// <param name="session">The tool.</param>
    /// <param name="handles">Weak handles of the objects.</param>
    /// <param name="type">Their type, for where the handles cannot be followed.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="confidence">Why they should be gone.</param>
    /// <exception cref="LimpetException">There is no answer; the message says why.</exception>
    public static HeldObjects Find(ToolSession session, IReadOnlyList<nint> handles, string type, CheckCaller caller, string confidence)
    {
        JsonElement answer = session.Ask(json =>
        {
            json.WriteString("do", "objects");
            json.WriteStartArray("handles");
            foreach (nint handle in handles)
            {
                json.WriteStringValue(handle.ToString("x", CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
            json.WriteString("type", type);
            json.WriteNumber("thread", caller.ManagedThreadId);
            json.WriteString("claim", "must be collected");
            json.WriteString("confidence", confidence);
            json.WriteNumber("shapes", MostShapes);
        });
        HoldKind hold = Enum.Parse<HoldKind>(answer.GetProperty("hold").GetString()!);
        ImmutableArray<(Finding Finding, string Text)> findings = hold == HoldKind.Gone ? [] : FindingReader.Read(answer);
        return new HeldObjects(
            hold,
            [.. findings.Select(finding => finding.Finding)],
            [.. findings.Select(finding => finding.Text)],
            answer.TryGetProperty("incomplete", out JsonElement incomplete) ? [$"The heap is not complete: {incomplete.GetString()}"] : [],
            TraceOrigin.Read(answer));
    }

    /// <summary>Why nothing is said of objects that only the test itself seems to hold.</summary>
    /// <param name="answer">What the tool answered.</param>
    /// <param name="type">Their type.</param>
    /// <param name="remedy">What to change in the test.</param>
    public static string FalseRetention(HeldObjects answer, string type, string remedy) => answer.Origin.Way == CaptureWay.EventPipe
        ? $"Only stacks and async methods reach the {type}, and events do not say whose: it may be the test itself, which is no leak. {remedy}"
        : $"False retention: only the test itself holds the {type}, in {LocalOf(answer)}. That is no leak. {remedy}";

    /// <summary>Which local of the test it is, in words.</summary>
    private static string LocalOf(HeldObjects answer)
    {
        if (answer.Findings.IsEmpty || answer.Findings[0].Holder is not { } holder)
        {
            return "a local";
        }

        return holder.Path is [.., var frame, _]
            ? frame.Member is { } member ? $"{frame.Type}, as '{member}'" : frame.Type
            : $"a local or argument of {holder.Root.Name}";
    }
}
