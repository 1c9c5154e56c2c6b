using System.Text.Json;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>A hunt names what the maintainers of a public project found, and is silent about the program that they mended.</summary>
[Collection(HuntsAlone.Name)]
public sealed class ReportedHuntTests
{
    [Theory]
    [InlineData("reported-root-transients", "Limpet.TestTargets.Reported.ImportSession", "disposable that the root provider keeps until it is disposed", "resolve disposable transients from a scope")]
    [InlineData("reported-meters", "System.Diagnostics.Metrics.Meter", "list element", "create a Meter and its instruments once and reuse them")]
    public void Hunt_OfAReportedLeak_NamesWhatWasFound(string target, string subject, string meaning, string hint)
    {
        HuntOutcome hunt = Hunt.Target(target).Expect(1, "Leak");
        JsonElement finding = Assert.Single(hunt.Findings, finding => finding.GetProperty("subject").GetString() == subject);
        Assert.Equal(1.0, finding.GetProperty("perOperation").GetProperty("count").GetDouble(), 0.02);
        Assert.Contains(finding.GetProperty("holder").GetProperty("path").EnumerateArray(), step => step.TryGetProperty("meaning", out JsonElement words) && words.GetString() == meaning);
        Assert.StartsWith(hint, finding.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfDroppedResponses_IsDelayedByTheFinalizer()
    {
        JsonElement finding = Hunt.Target("reported-response-heads").Expect(0, "Delayed").Finding("DelayedResource");
        Assert.Equal(1.0, finding.GetProperty("perOperation").GetProperty("count").GetDouble(), 0.1);
        Assert.StartsWith("socket", finding.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("dispose what opened them", finding.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfAMendedReport_IsClean() => Hunt.Target("reported-linked-deadlines --mended").Expect(0, "Clean");
}
