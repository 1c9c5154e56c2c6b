namespace Limpet.EndToEnd.Tests;

/// <summary>How a run of the tool ended.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>Fails unless the run ended with this code, and shows what it wrote.</summary>
    public CliRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode}, expected {exitCode}.\n--- output\n{Output}\n--- error\n{Error}");
        Assert.DoesNotContain("   at Limpet.", Error, StringComparison.Ordinal);
        return this;
    }
}
