using Limpet.Checks;
using Limpet.EndToEnd.Tests.Hunts;
using Limpet.Results;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>One object that gets larger: no type has more objects, and the bytes of its place grow.</summary>
[Collection(HuntsAlone.Name)]
public sealed class LargerObjectTests
{
    private static string s_journal = "";

    [Fact]
    public void Find_OneObjectThatGetsLarger_IsALeakOfItsPlace()
    {
        string line = new('x', 2000);

        CheckResult result = LeakCheck.Find(() => s_journal += line);

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        s_journal = "";
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal("bytes of string", finding.Subject);
        Assert.Equal(4000, finding.PerOperation?.Bytes);
        Assert.EndsWith("LargerObjectTests.s_journal", finding.Holder?.Root.Name, StringComparison.Ordinal);

        // The numbers beside the verdict are of all rounds: those that looked, those that counted objects, and the repeat, which the reason tells of.
        Assert.Contains("; rounds of other sizes brought +", result.Reason, StringComparison.Ordinal);
        Assert.Equal(8, result.Measurements.Rounds.Count(round => round.Kind == "Repeat"));
        Assert.Equal(3, result.Measurements.Rounds.Count(round => round.Kind == "Warmup"));
        Assert.Equal(result.Operations.Done, result.Measurements.Rounds.Sum(round => round.Operations));
    }
}
