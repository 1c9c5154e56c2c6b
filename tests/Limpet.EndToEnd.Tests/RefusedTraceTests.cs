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
    public void Why_WhereTheRuntimeMayNotReadItselfEither_ReadsEvents()
    {
        using TemporaryFolder folder = new();

        // The filter is inherited by what the runtime starts to write a dump, as it is in a container. What sets the filter is a .NET program in the same
        // process: without a port of its own, or the port of the target would find its place taken.
        using TargetProcess process = TargetProcess.Start(
            $"--no-tracing env -u DOTNET_EnableDiagnostics dotnet {TargetProcess.DefaultDll} closures",
            new Dictionary<string, string>(Temporary(folder)) { ["DOTNET_EnableDiagnostics"] = "0" });
        CliRun run = Untraced(folder, "why", $"{process.Id}", "LocalCargo", "--json", "-").Expect(0);
        Assert.Contains($"Cannot read process {process.Id}: ptrace is refused, errno 1.", run.Error, StringComparison.Ordinal);
        Assert.Contains($"The runtime of process {process.Id} does not write a dump: ", run.Error, StringComparison.Ordinal);
        Assert.Matches("Its own runtime is asked instead to collect, and to tell what it sees by events. Predicted: [0-9.]+ s stopped, at most [0-9.]+ [KMG]iB more memory in the process.", run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal("eventpipe", json.RootElement.GetProperty("environment").GetProperty("captureWay").GetString());
        Assert.Equal(10, json.RootElement.GetProperty("matches").GetProperty("count").GetInt32());
        Assert.Equal("Limpet.TestTargets.ClosuresTarget.s_actions", json.RootElement.GetProperty("traces")[0].GetProperty("holder").GetProperty("root").GetProperty("name").GetString());
        Assert.Contains(json.RootElement.GetProperty("blindSpots").EnumerateArray(), spot => spot.GetString()!.StartsWith("members: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Snapshot_ByEvents_IsToldOfItsFile()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures");
        (string first, string second) = (folder.File("first.limpet"), folder.File("second.limpet"));
        using JsonDocument snapshot = JsonDocument.Parse(CliProcess.Run("snapshot", $"{process.Id}", "-o", first, "--way", "eventpipe", "--json", "-").Expect(0).Output);
        Assert.Equal("eventpipe", snapshot.RootElement.GetProperty("way").GetString());
        Assert.True(snapshot.RootElement.GetProperty("heap").GetProperty("complete").GetBoolean());
        CliProcess.Run("snapshot", $"{process.Id}", "-o", second, "--way", "live").Expect(0);
        CliRun diff = CliProcess.Run("diff", first, second, "--json", "-").Expect(0);
        using JsonDocument json = JsonDocument.Parse(diff.Output);
        Assert.Equal(["eventpipe", "live"], json.RootElement.GetProperty("heaps").EnumerateArray().Select(heap => heap.GetProperty("way").GetString()));
        Assert.Equal("one of the heaps came by events, which name no members, and another one did not: types compare, and paths do not", json.RootElement.GetProperty("warnings")[0].GetString());
        Assert.DoesNotContain(json.RootElement.GetProperty("types").EnumerateArray(), type => type.GetProperty("type").GetString()!.StartsWith("Limpet.", StringComparison.Ordinal));
        Assert.Empty(JsonSchema.Violations(diff.Output));
    }

    [Fact]
    public void Way_ThatIsNone_IsRefused()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("limpet: --way is \"memory\", and must be live, dump or eventpipe.\n", CliProcess.Run("why", "1", "X", "--way", "memory").Expect(2).Error);
        Assert.Contains("--way says how a running process is captured, and heap.limpet is no process id.", CliProcess.Run("inspect", "heap.limpet", "--way", "dump").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--memory reads the memory of the process, and --way is dump.", CliProcess.Run("inspect", "1", "--memory", "--way", "dump").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_WhereDumpAndEventsWouldTakeTooLong_IsRefusedWithBothReasons()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures", Temporary(folder));
        CliRun run = Untraced(folder, "snapshot", $"{process.Id}", "-o", folder.File("heap.limpet"), "--max-stall", "10ms").Expect(5);
        Assert.Matches($"Refused: the dump would stop process {process.Id} for about [0-9.]+ s, and --max-stall allows 10ms. It was not stopped.", run.Error);
        Assert.Matches($"limpet: Refused: the walk of its heap would stop process {process.Id} for about [0-9.]+ s, and --max-stall allows 10ms. It was not stopped.", run.Error);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Snapshot_WhereTheRuntimeDoesNotAnswerEither_SaysAll()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures", new Dictionary<string, string>(Temporary(folder)) { ["DOTNET_EnableDiagnostics"] = "0" });
        CliRun run = Untraced(folder, "snapshot", $"{process.Id}", "-o", folder.File("heap.limpet")).Expect(5);
        Assert.Contains($"Cannot read process {process.Id}: ptrace is refused", run.Error, StringComparison.Ordinal);
        Assert.Contains($"The runtime of process {process.Id} does not write a dump: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"limpet: The heap of process {process.Id} cannot be had by events: ", run.Error, StringComparison.Ordinal);
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
