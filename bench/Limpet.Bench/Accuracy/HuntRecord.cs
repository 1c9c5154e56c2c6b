using System.Text.Json;
using System.Text.Json.Serialization;

namespace Limpet.Bench.Accuracy;

/// <summary>One hunt as it is kept: what it said and took, and what of that was right. Its findings are kept where something was not.</summary>
/// <param name="Target">Title of the target.</param>
/// <param name="Busy">Whether the bench kept all cores busy beside it.</param>
/// <param name="Together">How many hunts ran at a time.</param>
/// <param name="At">When it ended.</param>
/// <param name="Load">Load average of the last minute then: what else was running shows in it.</param>
/// <param name="Version">Version of the tool, with the commit.</param>
internal sealed record HuntRecord(string Target, bool Busy, int Together, DateTime At, double Load, string Version, HuntOutcome Outcome, HuntScore Score)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>All hunts in the file; none where it does not exist.</summary>
    public static List<HuntRecord> Read(string file) => !File.Exists(file) ? [] :
        [.. File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<HuntRecord>(line, Json)!)];

    /// <summary>One line more.</summary>
    public void AppendTo(string file) =>
        File.AppendAllText(file, JsonSerializer.Serialize(Score.IsRight ? this with { Outcome = Outcome with { Findings = [], Undecided = null } } : this, Json) + "\n");
}
