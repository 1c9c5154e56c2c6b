using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Tests.Tool;

/// <summary>A tool that does not help: the verdict stands, and the message says why there is no trace.</summary>
public sealed class RefusedToolTests
{
    private static readonly List<object> s_kept = [];

    [Theory]
    [InlineData("echo 'limpet: no such command' >&2; exit 2", "no trace: the limpet tool ended with exit code 2: limpet: no such command")]
    [InlineData("echo '{\"protocol\":1}'; read line", "no trace: the limpet tool speaks another protocol than version 2. Use the tool of the same version as the library.")]
    [InlineData("echo hello; read line", "no trace: the limpet tool answered what is no answer: hello")]
    [InlineData("echo '{\"protocol\":2}'; read line; echo '{\"error\":\"ptrace is refused\"}'; read line", "no trace: the limpet tool refused: ptrace is refused")]
    public void FindCollected_ToolThatDoesNotHelp_LeavesTheVerdict(string script, string reason)
    {
        using ScriptedTool tool = new(script);

        CheckResult result = LeakCheck.FindCollected(() => Keep(new object()), new CollectionOptions { Tool = tool.Path, Patience = TimeSpan.Zero });

        Assert.Equal(Verdict.Leak, result.Verdict);
        Assert.Contains(reason, CheckReport.Write(result).ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public void Find_ToolThatDoesNotHelp_LeavesTheVerdict()
    {
        CheckResult result = LeakCheck.Find(() => Keep(new byte[50_000]), new LeakCheckOptions { Tool = "/not/there" });

        Assert.Equal(Verdict.Leak, result.Verdict);
        Assert.StartsWith("LIMPET_TOOL is '/not/there'", result.NoTraceReason, StringComparison.Ordinal);
    }

    private static object Keep(object value)
    {
        s_kept.Add(value);
        return value;
    }
}
