using Limpet.Checks;
using Limpet.EndToEnd.Tests.Hunts;
using Limpet.Results;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>One object that gets larger is seen in the bytes alone: while nothing else runs.</summary>
[Collection(HuntsAlone.Name)]
public sealed class LargerObjectTests
{
    private static string s_journal = "";

    [Fact]
    public void Find_OneObjectThatGetsLarger_IsALeakWithoutATrace()
    {
        string line = new('x', 2000);

        CheckResult result = LeakCheck.Find(() => s_journal += line);

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        s_journal = "";

        // The numbers beside the verdict are of all rounds: those that looked, those that counted objects, and the repeat, which the reason tells of.
        Assert.Contains("; rounds of other sizes brought +", result.Reason, StringComparison.Ordinal);
        Assert.Equal(8, result.Measurements.Rounds.Count(round => round.Kind == "Repeat"));
        Assert.Equal(3, result.Measurements.Rounds.Count(round => round.Kind == "Warmup"));
        Assert.Equal(result.Operations.Done, result.Measurements.Rounds.Sum(round => round.Operations));
    }
}
