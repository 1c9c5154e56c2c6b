using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>A snapshot of a real program, and the question why, as a user runs them.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("statics", "PlainCargo", 1, "┬─── static field Limpet.TestTargets.StaticsTarget.s_plain")]
    [InlineData("statics", "EventCargo", 1, "┬─── static field Limpet.TestTargets.StaticsTarget.Happened")]
    [InlineData("closures", "LocalCargo", 10, "┬─── static field Limpet.TestTargets.ClosuresTarget.s_actions")]
    [InlineData("dependent-handles", "ChainLink", 3, "┬─── static field Limpet.TestTargets.DependentHandlesTarget.s_chain")]
    [InlineData("dependent-handles", "HandleValue", 3, "┬─── static field Limpet.TestTargets.DependentHandlesTarget.s_handleKeys")]
    [InlineData("linked-list 200000", "Link", 200_000, "┬─── static field Limpet.TestTargets.LinkedListTarget.s_head")]
    public void Why_OfASnapshot_NamesTheHolder(string target, string type, int count, string root)
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start(target);
        string file = folder.File("heap.limpet");
        CliRun snapshot = CliProcess.Run("snapshot", $"{process.Id}", "-o", file).Expect(0);
        Assert.Contains("Predicted:", snapshot.Error, StringComparison.Ordinal);
        Assert.Contains("the heap is complete", snapshot.Output, StringComparison.Ordinal);
        Assert.EndsWith($"next: limpet why {file} TYPE\n", snapshot.Output, StringComparison.Ordinal);

        CliRun why = CliProcess.Run("why", file, type).Expect(0);
        Assert.Contains($"{type}  {count:N0} object", why.Output, StringComparison.Ordinal);
        Assert.Contains(root, why.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_OfWhatOnlyWeakHandlesPointTo_SaysSoOfFileAndProcess()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("weak-handles");
        string file = folder.File("heap.limpet");
        CliProcess.Run("snapshot", $"{process.Id}", "-o", file, "--quiet").Expect(0);

        Assert.Equal("   not rooted: 4 weak handles (3 short, 1 long) point to them; they go with the next collection of generation 2 at the latest", Line(file, "Visitor"));
        Assert.Equal("   not rooted: 2 weak handles point to them; they go with the next collection of generation 2 at the latest", Line($"{process.Id}", "Session"));
        Assert.Equal("   not rooted: it goes with the next collection of generation 2", Line(file, "Draft"));
        string pair = "2 dependent handles, Limpet.TestTargets.WeakHandlesTarget.Ticket → Limpet.TestTargets.WeakHandlesTarget.Receipt";
        Assert.Equal($"   key of {pair}: a key is not held, and its value goes with it", Line(file, "Ticket", line: 2));
        Assert.Equal($"   value of {pair}: a value is held as long as its key lives, and no root reaches those keys", Line(file, "Receipt", line: 2));

        static string Line(string source, string type, int line = 1) => CliProcess.Run("why", source, type, "--quiet").Expect(0).Output.Split('\n')[line];
    }

    [Fact]
    public void Why_OfTheProcess_EqualsWhyOfItsSnapshot()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures");
        string file = folder.File("heap.limpet");
        CliProcess.Run("snapshot", $"{process.Id}", "-o", file, "--quiet").Expect(0);
        CliRun fromFile = CliProcess.Run("why", file, "OuterCargo", "--quiet").Expect(0);
        CliRun live = CliProcess.Run("why", $"{process.Id}", "OuterCargo", "--quiet").Expect(0);
        Assert.Contains("_actions", live.Output, StringComparison.Ordinal);
        Assert.Equal(Traces(live), Traces(fromFile));

        // A file holds no code: it cannot name who adds to the list, but keeps the line of the method that is called.
        Assert.Contains("   hint: ClosuresTarget.", live.Output, StringComparison.Ordinal);
        Assert.Contains("   source: ClosuresTarget.cs:", fromFile.Output, StringComparison.Ordinal);
        static string Traces(CliRun run) => string.Join('\n', run.Output.Split('\n').Where(line => !line.StartsWith("   hint:", StringComparison.Ordinal) && !line.StartsWith("   source:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Snapshot_WithJson_StatesReachableObjectsAndKeepsTheFilePrivate()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("objects 5000");
        string file = folder.File("heap.limpet");
        File.WriteAllText(file, "an older file");
        CliRun run = CliProcess.Run("snapshot", $"{process.Id}", "-o", file, "--json", "-").Expect(0);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal("limpet.snapshot/1", json.RootElement.GetProperty("schema").GetString());
        Assert.True(json.RootElement.GetProperty("heap").GetProperty("objects").GetInt64() > 5000);
        Assert.True(json.RootElement.GetProperty("heap").GetProperty("complete").GetBoolean());
        Assert.Equal(process.Id, json.RootElement.GetProperty("target").GetProperty("pid").GetInt32());
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal("600\n", CliProcess.Execute(["stat", "-c", "%a", file]).Output);
    }

    [Theory]
    [InlineData("1ms")]
    [InlineData("0ms")]
    public void Snapshot_AboveTheStallLimit_IsRefusedAndLeavesNoFile(string limit)
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures");
        CliRun run = CliProcess.Run("snapshot", $"{process.Id}", "-o", folder.File("heap.limpet"), "--max-stall", limit).Expect(5);
        Assert.Matches($"Refused: the capture would stop process {process.Id} for about [0-9.]+ s, ", run.Error);
        Assert.Contains($"--max-stall allows {limit}.", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Snapshot_Interrupted_LeavesNoFileAndTheTargetAnswers()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("objects 3000000");
        CliRun run = CliProcess.Execute(
            ["timeout", "--preserve-status", "-s", "INT", "0.6", "dotnet", CliProcess.Dll, "snapshot", $"{process.Id}", "-o", folder.File("heap.limpet"), "--max-stall", "1m"]).Expect(130);
        Assert.DoesNotContain("Wrote", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.False(process.HasExited);
    }

    [Fact]
    public void Snapshot_OnAFullDisk_IsRefusedWithBothFigures()
    {
        string folder = Directory.CreateTempSubdirectory("limpet-full-").FullName;
        try
        {
            if (CliProcess.Execute(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).ExitCode != 0)
            {
                Assert.Skip("No small file system can be mounted. Run the tests as root, with CAP_SYS_ADMIN.");
            }

            using TargetProcess process = TargetProcess.Start("closures");
            CliRun run = CliProcess.Run("snapshot", $"{process.Id}", "-o", Path.Combine(folder, "heap.limpet")).Expect(5);
            Assert.Contains("the disk has 64.0 KiB free", run.Error, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            CliProcess.Execute(["umount", folder]);
            Directory.Delete(folder);
        }
    }
}
