using Limpet.Capture.Dumps;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Testing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>A dump holds the same objects, sizes, references and roots as ClrMD's own enumeration of the same dump.</summary>
public sealed class DumpEqualityTests
{
    [Theory]
    [InlineData("objects 20000")]
    [InlineData("big-array 2000000")]
    [InlineData("array-of-structs")]
    [InlineData("collectible")]
    [InlineData("dependent-handles")]
    [InlineData("handles")]
    [InlineData("statics")]
    [InlineData("loh-poh-frozen")]
    [InlineData("finalizers")]
    [InlineData("closures")]
    [InlineData("async-pending")]
    [InlineData("timers")]
    [InlineData("threads 100")]
    public void Dump_OfEachShape_EqualsClrMd(string target)
    {
        using DumpFile file = DumpFile.Of(target);
        Check(file.Path);
    }

    [Fact]
    public void Dump_WithEverything_EqualsClrMd()
    {
        using DumpFile file = DumpFile.Of("objects 20000", DumpType.Full);
        Check(file.Path);
    }

    [Theory]
    [InlineData("net8.0", ".NET 8.0.")]
    [InlineData("net9.0", ".NET 9.0.")]
    public void Dump_OfAnOlderRuntime_EqualsClrMd(string framework, string runtime)
    {
        foreach (string shape in (string[])["objects 20000", "collectible", "statics"])
        {
            using DumpFile file = DumpFile.Of(shape, executable: OlderRuntime.Executable(framework));
            Assert.StartsWith(runtime, Check(file.Path), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(DumpType.WithHeap)]
    [InlineData(DumpType.Full)]
    public void Dump_OfAProcess_HasItsCommandLine(DumpType type)
    {
        using DumpFile file = DumpFile.Of("objects 321", type);
        using DumpHeap dump = DumpHeap.Open(file.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["dotnet", TargetProcess.DefaultDll, "objects", "321"], dump.CommandLine);
    }

    [Fact]
    public void Dump_WithServerGc_NamesTheStaticsAsTheLiveCaptureDoes()
    {
        // With the server GC the debugging library does not list every handle: the arrays that hold statics are found by the fields.
        Dictionary<string, string> server = new(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1", ["DOTNET_GCDynamicAdaptationMode"] = "1" };
        using DumpFile file = DumpFile.Empty();
        using TargetProcess process = TargetProcess.Start("statics", server);
        new DiagnosticsClient(process.Id).WriteDump(DumpType.WithHeap, file.Path);
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph live = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
        using DumpHeap dump = DumpHeap.Open(file.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Statics(live), Statics(dump.Graph));
        Assert.Contains(Statics(dump.Graph), text => text.StartsWith("Limpet.TestTargets.StaticsTarget.s_plain -> ", StringComparison.Ordinal));

        static string[] Statics(HeapGraph graph) =>
        [
            .. graph.Roots.Where(root => root.Kind == RootKind.StaticField && root.Name.StartsWith("Limpet.", StringComparison.Ordinal))
                .Select(root => $"{root.Name} -> {graph.TypeOf(root.Target).Name}").Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Compares, and returns the name of the runtime.</summary>
    private static string Check(string path)
    {
        var truth = new ClrMdView();
        using DumpHeap dump = DumpHeap.Open(path, truth.ReadDump, cancellation: TestContext.Current.CancellationToken);
        string differences = string.Join("\n", truth.Differences(dump.Graph));
        Assert.True(differences.Length == 0, differences);
        Assert.True(truth.ObjectCount > 300, $"Only {truth.ObjectCount} objects.");
        return dump.RuntimeName;
    }
}
