using System.Globalization;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>A target outlives whoever captures it. The command that these tests run does it two hundred times by default.</summary>
public sealed class KillTests
{
    private static readonly string BenchDll = TargetProcess.DefaultDll.Replace("Limpet.TestTargets", "Limpet.Bench", StringComparison.Ordinal);

    [Fact]
    public async Task Target_WhenItsCapturerIsKilledADozenTimes_AnswersEveryTime()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var bench = TraceableProcess.Start(["dotnet", BenchDll, "kill", "--times", "12", "--objects", "200000"]);
        Task<string> errors = new StreamReader(bench.StandardError).ReadToEndAsync(cancellation);
        string output = await new StreamReader(bench.StandardOutput).ReadToEndAsync(cancellation).WaitAsync(TimeSpan.FromMinutes(2), cancellation);
        ProcessExit exit = await bench.Exited;

        Assert.Equal("", await errors);
        Assert.EndsWith("target well afterwards: 12 of 12\n", output, StringComparison.Ordinal);
        Assert.Equal(0, exit.Code);

        // A dozen kills that all fell between two stops would prove nothing.
        string killed = output.Split('\n').Single(line => line.StartsWith("killed 12 times", StringComparison.Ordinal));
        Assert.NotEqual(0, int.Parse(killed.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
