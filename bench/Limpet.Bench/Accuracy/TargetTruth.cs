using System.Text.Json;
using Limpet.Bench.Processes;
using Limpet.Results;

namespace Limpet.Bench.Accuracy;

/// <summary>What a hard target declares of itself: one entry of <c>--truth</c>.</summary>
internal sealed record TargetTruth(string Name, bool Harmless, string Why, string RestsOn, string[] Verdict, FindingTruth[] Findings, string[] Hunt)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>All targets, the one that is called <paramref name="only"/>, or those with it in their name.</summary>
    /// <exception cref="LimpetException">There are none.</exception>
    public static TargetTruth[] Read(string? only)
    {
        using LineProcess process = LineProcess.Start(Folders.TargetsDll, ["--truth"]);
        (int code, string output, string errors) = process.AwaitEnd();
        if (code != 0)
        {
            throw new LimpetException($"{Folders.TargetsDll} --truth ended with exit code {code}: {errors.Trim()}. Build it: dotnet build -c {Folders.Configuration} tests/Limpet.TestTargets");
        }

        TargetTruth[] all = JsonSerializer.Deserialize<TargetTruth[]>(output, Json) ?? [];
        bool isName = all.Any(target => target.Name == only);
        TargetTruth[] chosen = [.. all.Where(target => only is null || (isName ? target.Name == only : target.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))];
        return chosen.Length > 0 ? chosen : throw new LimpetException($"No target has '{only}' in its name. The names are: {string.Join(", ", all.Select(target => target.Name))}");
    }
}
