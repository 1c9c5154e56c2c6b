using System.Text.Json;

namespace Limpet.Bench.Accuracy;

/// <summary>What one hunt said and took.</summary>
/// <param name="Verdict">As in its JSON; "none" where it gave none.</param>
/// <param name="Reason">The one sentence of the result, or why there is none.</param>
/// <param name="Findings">Those that are new.</param>
/// <param name="Rounds">Rounds of every kind.</param>
/// <param name="Operations">Operations that succeeded.</param>
/// <param name="Seconds">From the start of the process to its end.</param>
internal sealed record HuntOutcome(string Verdict, string Reason, JsonElement[] Findings, int Rounds, long Operations, double Seconds)
{
    /// <summary>The readings that nothing could be decided by, to look for the cause in.</summary>
    public JsonElement[]? Undecided { get; init; }

    public static HuntOutcome None(string reason, double seconds) => new("none", reason, [], 0, 0, seconds);

    public static HuntOutcome Read(JsonElement result, double seconds) => new(
        result.GetProperty("verdict").GetString()!,
        result.GetProperty("reason").GetString()!,
        [.. result.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("status").GetString() == "New")],
        result.GetProperty("measurements").GetProperty("rounds").GetArrayLength(),
        result.GetProperty("operations").GetProperty("done").GetInt64(),
        seconds)
    {
        Undecided = result.GetProperty("measurements").TryGetProperty("undecided", out JsonElement undecided) ? [.. undecided.EnumerateArray()] : null,
    };
}
