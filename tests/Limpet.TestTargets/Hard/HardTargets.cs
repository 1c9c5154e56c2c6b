using System.Text.Encodings.Web;
using System.Text.Json;

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

    public static string TruthJson() => JsonSerializer.Serialize(
        All.Select(pair =>
        {
            HardTarget target = pair.Value();
            Truth truth = target.Truth;
            return new { Name = pair.Key, Harmless = target is HarmlessTarget, truth.Why, truth.RestsOn, truth.Verdict, truth.Findings, truth.Hunt };
        }),
        s_json);
}
