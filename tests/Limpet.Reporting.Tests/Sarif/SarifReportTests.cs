using System.Text.Json;
using Limpet.Reporting.Sarif;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Sarif;

public sealed class SarifReportTests
{
    [Fact]
    public void Write_Hunt_HasRulesResultsAndFingerprints()
    {
        using JsonDocument sarif = JsonDocument.Parse(SarifReport.Write(Samples.Hunt with { Findings = [Samples.Leak with { Source = new SourceLine("OrderView.cs", 42), Hint = "remove the handler" }, Samples.Hang], Budgets = [new BudgetResult("max-rss", 10, 20, true), new BudgetResult("max-fds", 10, 5, false)] }));
        JsonElement run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        Assert.Equal(["BrokenBudget", "Hang", "ManagedLeak"], run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(["ManagedLeak", "Hang", "BrokenBudget"], results.Select(result => result.GetProperty("ruleId").GetString()));
        Assert.Equal([2, 1, 0], results.Select(result => result.GetProperty("ruleIndex").GetInt32()));
        Assert.All(results, result => Assert.Equal("error", result.GetProperty("level").GetString()));
        Assert.EndsWith("To do: remove the handler.", results[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        JsonElement place = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("OrderView.cs", 42), (place.GetProperty("artifactLocation").GetProperty("uri").GetString(), place.GetProperty("region").GetProperty("startLine").GetInt32()));
        Assert.Equal(Samples.Leak.Signature, results[0].GetProperty("partialFingerprints").GetProperty("limpetSignature/v1").GetString());
        Assert.Empty(results[1].GetProperty("locations").EnumerateArray());
    }

    [Theory]
    [InlineData(FindingStatus.New, "new", "error", false)]
    [InlineData(FindingStatus.Known, "unchanged", "error", true)]
    [InlineData(FindingStatus.Fixed, "absent", "none", false)]
    public void Write_Status_IsABaselineState(FindingStatus status, string state, string level, bool suppressed)
    {
        using JsonDocument sarif = JsonDocument.Parse(SarifReport.Write(Samples.Hunt with { Findings = [Samples.Leak with { Status = status }] }));
        JsonElement result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal((state, level, suppressed), (result.GetProperty("baselineState").GetString(), result.GetProperty("level").GetString(), result.TryGetProperty("suppressions", out _)));
    }

    [Fact]
    public void Write_EachKind_HasItsRule() => Assert.All(Enum.GetValues<FindingKind>(), kind =>
    {
        using JsonDocument sarif = JsonDocument.Parse(SarifReport.Write(Samples.Watch with { Findings = [Samples.Leak with { Kind = kind }] }));
        Assert.Contains(sarif.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), rule => rule.GetProperty("id").GetString() == kind.ToString());
    });

    [Fact]
    public void Write_UndecidedRun_WasNoSuccess()
    {
        using JsonDocument sarif = JsonDocument.Parse(SarifReport.Write(Samples.Watch with { Verdict = Verdict.NotRun }));
        Assert.False(sarif.RootElement.GetProperty("runs")[0].GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }
}
