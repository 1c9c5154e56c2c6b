using System.Text.Json;

namespace Limpet.Bench.Accuracy;

/// <summary>One hunt as it is kept: enough to score it again when the run goes on another time.</summary>
/// <param name="Target">Title of the target.</param>
/// <param name="Busy">Whether the bench kept all cores busy beside it.</param>
/// <param name="Together">How many hunts ran at a time.</param>
/// <param name="At">When it ended.</param>
/// <param name="Load">Load average of the last minute then: what else was running shows in it.</param>
/// <param name="Version">Version of the tool, with the commit.</param>
internal sealed record HuntRecord(string Target, bool Busy, int Together, DateTime At, double Load, string Version, HuntOutcome Outcome)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>All hunts in the file; none where it does not exist.</summary>
    public static List<HuntRecord> Read(string file) => !File.Exists(file) ? [] :
        [.. File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<HuntRecord>(line, Json)!)];

    /// <summary>One line more.</summary>
    public void AppendTo(string file) => File.AppendAllText(file, JsonSerializer.Serialize(this, Json) + "\n");
}
