using System.Text.Json;
using Limpet.Reporting.Json;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>A finding as data and as it is drawn for people: the library has no drawing of its own.</summary>
internal static class TracedFinding
{
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        FindingJson.Write(json, finding);
        TextPage page = new(colors: false);
        FindingText.Write(page, finding);
        json.WriteString("text", page.ToString());
    }

    /// <summary>As <see cref="Write"/>, but drawn as what holds the objects: it is no finding.</summary>
    public static void WriteTrace(Utf8JsonWriter json, Finding finding)
    {
        FindingJson.Write(json, finding);
        json.WriteString("text", finding.Holder is { } holder ? TraceText.Write(holder with { Path = [.. holder.Path.Select(NotJudged)] }) : "");
    }

    private static TraceElement NotJudged(TraceElement element) => element with { Leaking = LeakingStatus.Unknown, Suspect = false };
}
