using System.Text.Encodings.Web;
using System.Text.Json;
using Limpet.TestTargets.Reported;

namespace Limpet.TestTargets.Hard;

/// <summary>All hard targets, and their truth as JSON.</summary>
internal static class HardTargets
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static IEnumerable<KeyValuePair<string, Func<HardTarget>>> All => LeakingTargets.All.Concat(HarmlessTargets.All);

    /// <summary>The truth of the hard targets, or of the reported ones, leaky and mended.</summary>
    public static string TruthJson(bool reported) => JsonSerializer.Serialize(
        reported
            ? ReportedTargets.All.SelectMany(pair => (object[])[Entry(pair.Key, pair.Value(false)), Entry(pair.Key, pair.Value(true), ReportedTargets.MendedSwitch)])
            : All.Select(pair => Entry(pair.Key, pair.Value())),
        s_json);

    private static object Entry(string name, HardTarget target, params string[] arguments)
    {
        Truth truth = target.Truth;
        return new { Name = name, Arguments = arguments, Harmless = truth.Findings.Length == 0, truth.Issue, truth.Found, truth.Why, truth.RestsOn, truth.Verdict, truth.Findings, truth.Hunt };
    }
}
