using System.Text.Json;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>A hunt names what the maintainers of a public project found, and is silent about the program that they mended.</summary>
[Collection(HuntsAlone.Name)]
public sealed class ReportedHuntTests
{
    [Fact]
    public void Hunt_OfAReportedLeak_NamesWhatWasFound()
    {
        HuntOutcome hunt = Hunt.Target("reported-root-transients").Expect(1, "Leak");
        JsonElement finding = Assert.Single(hunt.Findings);
        Assert.Equal("Limpet.TestTargets.Reported.ImportSession", finding.GetProperty("subject").GetString());
        Assert.Equal(1.0, finding.GetProperty("perOperation").GetProperty("count").GetDouble(), 0.02);
        Assert.Contains(finding.GetProperty("holder").GetProperty("path").EnumerateArray(), step => step.TryGetProperty("meaning", out JsonElement words) && words.GetString() == "disposable that the root provider keeps until it is disposed");
        Assert.StartsWith("resolve disposable transients from a scope", finding.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfDroppedResponses_IsDelayedByTheFinalizer()
    {
        JsonElement finding = Hunt.Target("reported-response-heads", "--operations", "101").Expect(0, "Delayed").Finding("DelayedResource");
        Assert.Equal(1.0, finding.GetProperty("perOperation").GetProperty("count").GetDouble(), 0.1);
        Assert.StartsWith("socket", finding.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("dispose what opened them", finding.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_OfAMendedReport_IsClean() => Hunt.Target("reported-linked-deadlines --mended").Expect(0, "Clean");
}
