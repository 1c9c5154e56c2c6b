using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>How a hunt ended: its process, and its result when it wrote one. Every result keeps the published schema.</summary>
internal sealed class HuntOutcome
{
    public HuntOutcome(CliRun run, string? json)
    {
        Run = run;
        if (json is not null)
        {
            Assert.Empty(JsonSchema.Violations(json));
            Result = JsonDocument.Parse(json).RootElement;
        }
    }

    public CliRun Run { get; }

    /// <summary>The result; undefined when none was written.</summary>
    public JsonElement Result { get; }

    public string Verdict => Result.GetProperty("verdict").GetString()!;

    public string Reason => Result.GetProperty("reason").GetString()!;

    public long Done => Result.GetProperty("operations").GetProperty("done").GetInt64();

    public long Failed => Result.GetProperty("operations").GetProperty("failed").GetInt64();

    public string Warnings => Result.GetProperty("warnings").ToString();

    public string BlindSpots => Result.GetProperty("blindSpots").ToString();

    public JsonElement[] Findings => [.. Result.GetProperty("findings").EnumerateArray()];

    /// <summary>The only finding of a kind.</summary>
    public JsonElement Finding(string kind) =>
        Assert.Single(Findings, finding => finding.GetProperty("kind").GetString() == kind);

    /// <summary>Fails unless the hunt ended with this code and this verdict, and shows what it wrote.</summary>
    public HuntOutcome Expect(int exitCode, string verdict)
    {
        Run.Expect(exitCode);
        Assert.True(Result.ValueKind == JsonValueKind.Object, $"No result was written.\n{Run.Error}");
        Assert.True(Verdict == verdict, $"{Verdict}, expected {verdict}.\n{Run.Output}");
        return this;
    }
}
