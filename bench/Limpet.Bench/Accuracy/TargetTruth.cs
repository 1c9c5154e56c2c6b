using System.Text.Json;
using Limpet.Bench.Processes;
using Limpet.Results;

namespace Limpet.Bench.Accuracy;

/// <summary>What a target declares of itself: one entry of <c>--truth</c>.</summary>
/// <param name="Name">Its name, by which it is started.</param>
/// <param name="Arguments">What it is started with behind the name: the switch of another form of the program.</param>
/// <param name="Harmless">Whether it does not leak.</param>
/// <param name="Why">Why it leaks, or why it does not.</param>
/// <param name="RestsOn">Whose code it rests on.</param>
/// <param name="Verdict">Every verdict that is right.</param>
/// <param name="Findings">The leaks.</param>
/// <param name="Hunt">Arguments of the hunt.</param>
internal sealed record TargetTruth(string Name, string[] Arguments, bool Harmless, string Why, string RestsOn, string[] Verdict, FindingTruth[] Findings, string[] Hunt)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Name and form.</summary>
    public string Title => string.Join(' ', [Name, .. Arguments]);

    /// <summary>All targets of a set, those that are called <paramref name="only"/>, or those with it in their name.</summary>
    /// <exception cref="LimpetException">There are none.</exception>
    public static TargetTruth[] Read(string set, string? only)
    {
        using LineProcess process = LineProcess.Start(Folders.TargetsDll, ["--truth", set]);
        (int code, string output, string errors) = process.AwaitEnd();
        if (code != 0)
        {
            throw new LimpetException($"{Folders.TargetsDll} --truth {set} ended with exit code {code}: {errors.Trim()}. Build it: dotnet build -c {Folders.Configuration} tests/Limpet.TestTargets");
        }

        TargetTruth[] all = JsonSerializer.Deserialize<TargetTruth[]>(output, Json) ?? [];
        bool isName = all.Any(target => target.Name == only);
        TargetTruth[] chosen = [.. all.Where(target => only is null || (isName ? target.Name == only : target.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))];
        return chosen.Length > 0 ? chosen : throw new LimpetException($"No target has '{only}' in its name. The names are: {string.Join(", ", all.Select(target => target.Name).Distinct())}");
    }
}
