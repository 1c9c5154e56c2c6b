using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Limpet.Bench.Accuracy;

/// <summary>One hunt held against what is true. What was not asked of a target, because it is harmless or has no holder, is right.</summary>
internal sealed record HuntScore(bool Verdict, bool Kind, bool Subject, bool Holder, bool Rate, string[] Misses)
{
    private const double RateTolerance = 0.2;

    /// <summary>Kinds that make a run a leak; the others are allowed beside what is declared, and asked for where they are.</summary>
    private static readonly string[] LeakKinds =
        ["ManagedLeak", "UnboundedGrowth", "ResourceLeak", "ThreadLeak", "TimerLeak", "TaskLeak", "NativeLeak", "Hang"];

    [JsonIgnore]
    public bool IsRight => Misses.Length == 0;

    public static HuntScore Of(TargetTruth target, HuntOutcome outcome)
    {
        List<string> misses = [];
        bool Ask(bool right, string miss)
        {
            if (!right)
            {
                misses.Add(miss);
            }

            return right;
        }

        bool verdict = Ask(target.Verdict.Contains(outcome.Verdict), $"verdict {outcome.Verdict} instead of {string.Join(" or ", target.Verdict)}: {outcome.Reason}");
        List<JsonElement> leaks = [.. outcome.Findings.Where(finding => LeakKinds.Concat(target.Findings.SelectMany(truth => truth.Kind)).Contains(Text(finding, "kind")))];
        bool kind = true, subject = true, holder = true, rate = true;
        foreach (FindingTruth truth in target.Findings)
        {
            JsonElement? match = Best(leaks, truth);
            if (match is not { } finding)
            {
                kind = subject = holder = rate = false;
                misses.Add($"no finding for {truth.Subject}");
                continue;
            }

            leaks.Remove(finding);
            subject &= Ask(IsSubject(finding, truth), $"type {Text(finding, "subject")} instead of {truth.Subject}");
            kind &= Ask(truth.Kind.Contains(Text(finding, "kind")), $"{truth.Subject}: kind {Text(finding, "kind")} instead of {string.Join(" or ", truth.Kind)}");
            string way = Way(finding);
            string[] missing = [.. truth.Holder.Where(word => !way.Contains(word, StringComparison.Ordinal))];
            holder &= Ask(missing.Length == 0, $"{truth.Subject}: holder does not name {string.Join(", ", missing)}: {(way.Length > 0 ? way : "no trace")}");
            rate &= Ask(IsRate(finding, truth, out string figure), $"{truth.Subject}: {figure}");
        }

        foreach (JsonElement other in leaks)
        {
            misses.Add($"one finding too many: {Text(other, "kind")} {Text(other, "subject")}: {Text(other, "confidence")}");
        }

        return new HuntScore(verdict, kind, subject, holder, rate, [.. misses]);
    }

    /// <summary>The finding of the right subject; otherwise, to say more of a miss, the first of a right kind, then any.</summary>
    private static JsonElement? Best(List<JsonElement> leaks, FindingTruth truth) => leaks
        .OrderByDescending(finding => IsSubject(finding, truth))
        .ThenByDescending(finding => truth.Kind.Contains(Text(finding, "kind")))
        .Select(finding => (JsonElement?)finding)
        .FirstOrDefault();

    /// <summary>A resource is called by what it is, with the type that owns it in brackets.</summary>
    private static bool IsSubject(JsonElement finding, FindingTruth truth) => truth.Subject.Contains('.', StringComparison.Ordinal)
        ? Text(finding, "subject") == truth.Subject || Text(finding, "subject").EndsWith($"({truth.Subject})", StringComparison.Ordinal)
        : Text(finding, "subject").Contains(truth.Subject, StringComparison.OrdinalIgnoreCase);

    private static bool IsRate(JsonElement finding, FindingTruth truth, out string figure)
    {
        (double declared, string amount, string member, string unit) =
            truth.PerOperation is { } count ? (count, "perOperation", "count", "per operation")
            : truth.PerSecond is { } perSecond ? (perSecond, "perSecond", "count", "per second")
            : (truth.BytesPerOperation ?? 0, "perOperation", "bytes", "bytes per operation");
        double? measured = finding.TryGetProperty(amount, out JsonElement rate) && rate.ValueKind == JsonValueKind.Object
            && rate.TryGetProperty(member, out JsonElement number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;
        figure = string.Create(CultureInfo.InvariantCulture, $"{(measured is { } value ? value.ToString("0.###", CultureInfo.InvariantCulture) : "nothing")} {unit} instead of {declared:0.###}");
        return measured is { } got && Math.Abs(got - declared) <= RateTolerance * declared;
    }

    private static string Way(JsonElement finding)
    {
        List<string> words = [];
        if (finding.TryGetProperty("holder", out JsonElement holder) && holder.ValueKind == JsonValueKind.Object)
        {
            JsonElement root = holder.GetProperty("root");
            words.AddRange([Text(root, "kind"), Text(root, "name")]);
            foreach (JsonElement step in holder.GetProperty("path").EnumerateArray())
            {
                words.AddRange([Text(step, "type"), Text(step, "member"), Text(step, "kind"), Text(step, "meaning"), Text(step, "detail")]);
            }
        }

        words.Add(Text(finding, "hint"));
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
