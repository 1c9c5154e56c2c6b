using Limpet.Checks;
using Limpet.Results;
using Limpet.Tests.Tool;
using Limpet.Verdicts;

namespace Limpet.Tests.Checks;

/// <summary>What the tool asks for while objects are counted is what is driven next.</summary>
public sealed class ExactRoundsTests
{
    private static readonly List<byte[]> s_kept = [];

    [Theory]
    [InlineData("", false)]
    [InlineData(",\"wantsSilence\":false", false)]
    [InlineData(",\"wantsSilence\":true", true)]
    public void Find_AToolThatAsksForSilence_GetsIt(string asked, bool silence)
    {
        using ScriptedTool tool = new($$"""
            echo '{"protocol":2}'
            while read -r line; do
              case "$line" in
                *'"do":"round"'*) echo '{"needsMoreRounds":true{{asked}}}' ;;
                *'"do":"growth"'*) echo '{"grows":false}' ;;
                *) echo '{"verdict":"Inconclusive","reason":"It never knows.","findings":[]}' ;;
              esac
            done
            """);

        CheckResult result = LeakCheck.Find(() => s_kept.Add(new byte[50_000]), new LeakCheckOptions { Tool = tool.Path });
        s_kept.Clear();

        string kinds = string.Concat(result.Measurements.Rounds.Select(round => round.Kind[0]));
        Assert.True(silence == kinds.Contains("IBIBIDID", StringComparison.Ordinal), kinds);
    }
}
