using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Limpet.Reporting.Json;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Sarif;

/// <summary>
/// Writes a judged result as SARIF 2.1.0, for services that show findings beside the code. A rule is a kind of finding; the signature of a finding is its fingerprint, so
/// that a service knows it again in the next run. Only the file names of source lines are known, without their folders.
/// </summary>
public static class SarifReport
{
    private const string BudgetRule = "BrokenBudget";
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default };

    /// <summary>The report as text.</summary>
    /// <param name="result">The result.</param>
    public static string Write(JudgedResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.Objects("runs", [result], Run);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void Run(Utf8JsonWriter json, JudgedResult result)
    {
        BudgetResult[] broken = [.. result.Budgets.Where(budget => budget.Broken)];
        string[] rules = [.. result.Findings.Select(finding => finding.Kind.ToString()).Concat(broken.Length > 0 ? [BudgetRule] : Array.Empty<string>()).Distinct().Order(StringComparer.Ordinal)];
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", result.Tool.Name);
        json.WriteString("version", result.Tool.Version);
        json.Objects("rules", rules, (_, rule) =>
        {
            json.WriteString("id", rule);
            json.WriteString("name", rule);
            Text(json, "shortDescription", RuleWords.Of(rule));
        });
        json.WriteEndObject();
        json.WriteEndObject();
        json.Objects("invocations", [result], (_, _) =>
        {
            json.WriteBoolean("executionSuccessful", result.Verdict is not (Verdict.Inconclusive or Verdict.NotRun));
            json.WriteString("startTimeUtc", result.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.Objects("toolExecutionNotifications", result.Warnings, (_, warning) =>
            {
                json.WriteString("level", "warning");
                Text(json, "message", Words.Sentence(warning));
            });
        });
        json.WriteStartArray("results");
        foreach (Finding finding in result.Findings)
        {
            Finding(json, finding, Array.IndexOf(rules, finding.Kind.ToString()));
        }

        foreach (BudgetResult budget in broken)
        {
            Budget(json, budget, Array.IndexOf(rules, BudgetRule));
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("verdict", result.Verdict.ToString());
        json.WriteString("reason", result.Reason);
        json.WriteEndObject();
    }

    private static void Finding(Utf8JsonWriter json, Finding finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Kind.ToString());
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("kind", finding.Status == FindingStatus.Fixed ? "pass" : "fail");
        json.WriteString("level", Level(finding));
        string hint = finding.Hint is { } what ? $" To do: {what}." : "";
        Text(json, "message", Words.Sentence($"{finding.Subject}: {finding.Confidence}{hint}"));
        json.WriteStartArray("locations");
        if (finding.Source is { } source)
        {
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", Uri.EscapeDataString(source.File));
            json.WriteEndObject();
            json.WriteStartObject("region");
            json.WriteNumber("startLine", Math.Max(1, source.Line));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("limpetSignature/v1", finding.Signature);
        json.WriteEndObject();
        json.WriteString("baselineState", finding.Status switch { FindingStatus.Known => "unchanged", FindingStatus.Fixed => "absent", _ => "new" });
        if (finding.Status == FindingStatus.Known)
        {
            json.Objects("suppressions", [finding], (_, _) =>
            {
                json.WriteString("kind", "external");
                json.WriteString("justification", "a known leak of the baseline");
            });
        }

        json.WriteEndObject();
    }

    private static string Level(Finding finding) => finding.Status == FindingStatus.Fixed ? "none" : finding.Kind.Implies() switch
    {
        Verdict.Leak or Verdict.Hang => "error",
        Verdict.Delayed => "warning",
        _ => "note",
    };

    private static void Budget(Utf8JsonWriter json, BudgetResult budget, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", BudgetRule);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", "error");
        Text(json, "message", $"{Words.Name(budget.Name)}: {Words.Count(budget.Measured ?? 0)} measured, {Words.Count(budget.Limit)} allowed");
        json.WriteStartArray("locations");
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("limpetSignature/v1", $"budget:{budget.Name}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
