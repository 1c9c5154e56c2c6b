using Limpet.Results;

namespace Limpet.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(Verdict.Clean, 0)]
    [InlineData(Verdict.Delayed, 0)]
    [InlineData(Verdict.Bounded, 0)]
    [InlineData(Verdict.Leak, 1)]
    [InlineData(Verdict.Hang, 1)]
    [InlineData(Verdict.Inconclusive, 3)]
    [InlineData(Verdict.NotRun, 3)]
    public void Of_Verdict_IsTheDocumentedCode(Verdict verdict, int code) => Assert.Equal(code, ExitCode.Of(verdict));

    [Theory]
    [InlineData(Trouble.BadInput, 2)]
    [InlineData(Trouble.NotRun, 3)]
    [InlineData(Trouble.Refused, 5)]
    public void Of_Trouble_IsTheDocumentedCode(Trouble trouble, int code) => Assert.Equal(code, ExitCode.Of(trouble));

    [Fact]
    public void Of_BrokenBudget_FailsWhateverTheVerdict() =>
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.Equal(ExitCode.Leak, ExitCode.Of(verdict, budgetBroken: true)));

    [Fact]
    public void Of_EveryValue_HasACode()
    {
        Assert.All(Enum.GetValues<Verdict>(), verdict => ExitCode.Of(verdict));
        Assert.All(Enum.GetValues<Trouble>(), trouble => ExitCode.Of(trouble));
    }
}
