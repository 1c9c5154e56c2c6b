using System.Text.Json;
using Limpet.Testing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.EndToEnd.Tests;

/// <summary>Heaps from and into the files of other tools, as a user converts them.</summary>
public sealed class ConvertTests
{
    private static readonly string MemlabCheck = Path.Combine(TargetProcess.Repository, "bench", "Interop", "memlab-check.cjs");

    [Fact]
    public void Convert_OfADump_KeepsTheTracesOfTheDump()
    {
        using TemporaryFolder folder = new();
        string dump = Dump("closures", folder);
        CliRun fromDump = CliProcess.Run("why", dump, "OuterCargo", "--quiet").Expect(0);
        Assert.Contains("   hint: ClosuresTarget.", fromDump.Output, StringComparison.Ordinal);
        string file = folder.File("heap.limpet");
        CliRun run = CliProcess.Run("convert", dump, "-o", file).Expect(0);
        Assert.EndsWith($"next: limpet why {file} TYPE\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(Traces(fromDump), Traces(CliProcess.Run("why", file, "OuterCargo", "--quiet").Expect(0)));
        static string Traces(CliRun run) => string.Join('\n', run.Output.Split('\n').Where(line => !line.StartsWith("   hint:", StringComparison.Ordinal) && !line.StartsWith("   source:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Convert_ToGcDumpAndBack_KeepsEveryFigure()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("statics");
        string first = folder.File("heap.limpet");
        CliProcess.Run("snapshot", $"{process.Id}", "-o", first).Expect(0);
        using JsonDocument there = JsonDocument.Parse(CliProcess.Run("convert", first, "-o", folder.File("heap.gcdump"), "--json", "-").Expect(0).Output);
        using JsonDocument back = JsonDocument.Parse(CliProcess.Run("convert", folder.File("heap.gcdump"), "-o", folder.File("back.limpet"), "--json", "-").Expect(0).Output);
        foreach (string figure in (string[])["objects", "bytes", "references"])
        {
            Assert.Equal(there.RootElement.GetProperty("heap").GetProperty(figure).GetInt64(), back.RootElement.GetProperty("heap").GetProperty(figure).GetInt64());
        }

        Assert.True(back.RootElement.GetProperty("heap").GetProperty("complete").GetBoolean());
        Assert.Equal("limpet.convert/1", back.RootElement.GetProperty("schema").GetString());
        Assert.Equal(process.Id, back.RootElement.GetProperty("target").GetProperty("pid").GetInt32());
        CliRun why = CliProcess.Run("why", folder.File("back.limpet"), "PlainCargo").Expect(0);
        Assert.Contains("┬─── static field Limpet.TestTargets.StaticsTarget.s_plain", why.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_ToHeapSnapshot_IsReadByMemlabWithEqualFigures()
    {
        string? memlab = Environment.GetEnvironmentVariable("LIMPET_MEMLAB");
        if (memlab is null)
        {
            Assert.Skip("memlab is not here. Install it with npm i memlab@2.0.5 in a folder of its own, and name the folder in LIMPET_MEMLAB.");
        }

        using TemporaryFolder folder = new();
        string dump = Dump("objects 20000", folder);
        string file = folder.File("heap.heapsnapshot");
        using JsonDocument converted = JsonDocument.Parse(CliProcess.Run("convert", dump, "-o", file, "--json", "-").Expect(0).Output);
        JsonElement heap = converted.RootElement.GetProperty("heap");
        CliRun run = CliProcess.Execute(
            ["node", MemlabCheck, file, "Limpet.TestTargets.ObjectsTarget.Cell"],
            new Dictionary<string, string> { ["NODE_PATH"] = Path.Combine(memlab, "node_modules") }).Expect(0);
        using JsonDocument found = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]);
        long synthetic = found.RootElement.GetProperty("synthetic").GetInt64();
        Assert.Equal(heap.GetProperty("objects").GetInt64(), found.RootElement.GetProperty("nodes").GetInt64() - synthetic);
        Assert.Equal(heap.GetProperty("references").GetInt64(), found.RootElement.GetProperty("edges").GetInt64() - found.RootElement.GetProperty("rootEdges").GetInt64());
        Assert.Equal(heap.GetProperty("bytes").GetInt64(), found.RootElement.GetProperty("selfSize").GetInt64());
        Assert.Equal(0, found.RootElement.GetProperty("unreachable").GetInt64());
        Assert.Equal(
            ["(GC roots)", "static fields", "(static fields)", "static field Limpet.TestTargets.ObjectsTarget.s_shape", "object[]", "Limpet.TestTargets.ObjectsTarget.Cell"],
            found.RootElement.GetProperty("path").EnumerateArray().Select(step => step.GetString()).Where(step => !int.TryParse(step, out _)));
    }

    [Fact]
    public void Convert_ToAnUnknownFormat_NamesTheKnownOnes()
    {
        CliRun run = CliProcess.Run("convert", "heap.limpet", "-o", "heap.txt").Expect(2);
        Assert.Equal("limpet: Cannot tell which format heap.txt is to have. Let its name end in .limpet, .gcdump or .heapsnapshot.\n", run.Error);
    }

    private static string Dump(string target, TemporaryFolder folder)
    {
        string dump = folder.File("core.dmp");
        using TargetProcess process = TargetProcess.Start(target);
        new DiagnosticsClient(process.Id).WriteDump(DumpType.WithHeap, dump);
        return dump;
    }
}
