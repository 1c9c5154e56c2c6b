using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>Hunts that are interrupted or killed.</summary>
[Collection(HuntsAlone.Name)]
public sealed class EndedHuntTests
{
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Hunt_Interrupted_KeepsWhatWasMeasured(string signal, int exitCode)
    {
        using TemporaryFolder folder = new();
        string json = folder.File("result.json");
        HuntOutcome hunt = new(StopAt(signal, "--json", json, "--stdin-line", "x", "--ready-line", "^ready$", "--", "dotnet", TargetProcess.DefaultDll, "static-event", "fixed").Expect(exitCode), File.ReadAllText(json));
        Assert.Equal("Inconclusive", hunt.Verdict);
        Assert.Equal("The hunt was interrupted.", hunt.Reason);
        Assert.True(hunt.Done > 0);
        Assert.NotEmpty(hunt.Result.GetProperty("measurements").GetProperty("rounds").EnumerateArray());
        int target = hunt.Result.GetProperty("target").GetProperty("pid").GetInt32();
        Assert.False(Directory.Exists($"/proc/{target}"), "The target that the hunt started must not outlive it.");
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public void Hunt_EndedWhileAttached_LeavesTheTargetAnswering(string signal, int exitCode)
    {
        using TargetProcess process = TargetProcess.Start("by-time leaky");
        StopAt(signal, "--idle", "200ms", "--pid", $"{process.Id}").Expect(exitCode);
        Assert.Equal("done 1", process.Ask("x"));
    }

    /// <summary>Runs a hunt until its first measured round, and sends it a signal.</summary>
    private static CliRun StopAt(string signal, params string[] arguments)
    {
        bool measured = false;
        CliRun run = CliProcess.Execute(["dotnet", CliProcess.Dll, "hunt", "--verbose", .. arguments], onError: (pid, line) =>
        {
            if (!measured && line.Contains(" Base round of ", StringComparison.Ordinal))
            {
                measured = true;
                CliProcess.Execute(["kill", "-s", signal, $"{pid}"]).Expect(0);
            }
        });
        Assert.True(measured, $"No round was measured.\n{run.Error}");
        return run;
    }
}
