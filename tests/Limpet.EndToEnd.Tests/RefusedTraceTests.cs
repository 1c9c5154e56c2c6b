using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>Where the system refuses to trace: a filter makes the tool's own calls fail as yama's ptrace_scope=1 does.</summary>
public sealed class RefusedTraceTests
{
    [Fact]
    public void Snapshot_WhereTracingIsRefused_ReadsADumpOfTheRuntime()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures", Temporary(folder));
        string file = folder.File("heap.limpet");
        CliRun run = Untraced(folder, "snapshot", $"{process.Id}", "-o", file, "--json", "-").Expect(0);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal("dump", json.RootElement.GetProperty("way").GetString());
        Assert.True(json.RootElement.GetProperty("heap").GetProperty("complete").GetBoolean());
        Assert.True(json.RootElement.GetProperty("timings").GetProperty("stallSeconds").GetDouble() > 0);
        Assert.Contains($"Cannot read process {process.Id}: ptrace is refused, errno 1.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Its own runtime is asked for a dump instead, which is read and deleted.", run.Error, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
        CliRun why = CliProcess.Run("why", file, "LocalCargo").Expect(0);
        Assert.Contains("┬─── static field Limpet.TestTargets.ClosuresTarget.s_actions", why.Output, StringComparison.Ordinal);
        Assert.Contains("LocalCargo  10 object", why.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_WhereTracingIsRefused_SaysTheWay()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures", Temporary(folder));
        CliRun run = Untraced(folder, "why", $"{process.Id}", "LocalCargo", "--json", "-").Expect(0);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal("dump", json.RootElement.GetProperty("environment").GetProperty("captureWay").GetString());
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Snapshot_WhereTheDumpWouldTakeTooLong_IsRefused()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures", Temporary(folder));
        CliRun run = Untraced(folder, "snapshot", $"{process.Id}", "-o", folder.File("heap.limpet"), "--max-stall", "10ms").Expect(5);
        Assert.Matches($"Refused: the dump would stop process {process.Id} for about [0-9.]+ s, and --max-stall allows 10ms. It was not stopped.", run.Error);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Snapshot_WhereTheRuntimeDoesNotAnswerEither_SaysBoth()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures", new Dictionary<string, string>(Temporary(folder)) { ["DOTNET_EnableDiagnostics"] = "0" });
        CliRun run = Untraced(folder, "snapshot", $"{process.Id}", "-o", folder.File("heap.limpet")).Expect(5);
        Assert.Contains($"Cannot read process {process.Id}: ptrace is refused", run.Error, StringComparison.Ordinal);
        Assert.Contains($"limpet: The runtime of process {process.Id} does not write a dump either: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>A folder for the dump. The target has the same: its diagnostics port lies there.</summary>
    private static Dictionary<string, string> Temporary(TemporaryFolder folder) =>
        new(StringComparer.Ordinal) { ["TMPDIR"] = Directory.CreateDirectory(folder.File("tmp")).FullName };

    private static CliRun Untraced(TemporaryFolder folder, params string[] arguments)
    {
        CliRun run = CliProcess.Execute(
            ["dotnet", TargetProcess.DefaultDll, "--no-tracing", "dotnet", CliProcess.Dll, .. arguments],
            Temporary(folder));
        if (run.ExitCode == 77)
        {
            Assert.Skip("This kernel has no seccomp filters, by which tracing is refused.");
        }

        Assert.Empty(Directory.GetDirectories(folder.File("tmp"), "limpet-*"));
        return run;
    }
}
