using Limpet.Capture.Dumps;
using Limpet.Capture.Live;
using Limpet.Capture.Tests.Dumps;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Testing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Tests;

/// <summary>With the server GC handles lie in a table for each processor, and ClrMD lists those of as many as there are heaps at the moment.</summary>
public sealed class HandleTableTests
{
    private static readonly Dictionary<string, string> OneHeap = new(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1", ["DOTNET_GCDynamicAdaptationMode"] = "1" };

    [Theory]
    [InlineData(null)]
    [InlineData("net9.0")]
    [InlineData("net8.0")]
    public void Capture_WithServerGc_FindsWhatHandlesOfEachProcessorHold(string? framework)
    {
        using TargetProcess process = TargetProcess.Start("processor-handles", OneHeap, framework is null ? null : OlderRuntime.Executable(framework));
        using LiveTarget target = LiveTarget.Attach(process.Id);
        int listed = 0;
        using HeapGraph graph = target.Capture(stopped => listed = stopped.EnumerateHandles().Count(IsParcel), TestContext.Current.CancellationToken).Graph;

        Check(process, graph);
        Assert.True(framework == "net8.0" || listed < int.Parse(process.Truth["Parcel"]), $"ClrMD lists all {listed}: nothing is shown here.");
    }

    [Fact]
    public void Dump_WithServerGc_FindsThemAsWell()
    {
        using TargetProcess process = TargetProcess.Start("processor-handles", OneHeap);
        using DumpFile file = DumpFile.Empty();
        new DiagnosticsClient(process.Id).WriteDump(DumpType.WithHeap, file.Path);
        using DumpHeap dump = DumpHeap.Open(file.Path, cancellation: TestContext.Current.CancellationToken);

        Check(process, dump.Graph);
    }

    private static bool IsParcel(ClrHandle handle) => handle.Object.Type?.Name?.EndsWith("+Parcel", StringComparison.Ordinal) == true;

    private static void Check(TargetProcess process, HeapGraph graph)
    {
        NodeSet reached = Reachability.From(graph, TestContext.Current.CancellationToken).Nodes;
        foreach (string type in (string[])["Parcel", "Stamp"])
        {
            // All stamps have one key: each of its edges must end up with it.
            int live = Enumerable.Range(0, graph.NodeCount).Select(node => new NodeIndex(node)).Count(node => reached.Contains(node) && graph.TypeOf(node).Name.EndsWith(type, StringComparison.Ordinal) && graph.TypeOf(node).Name.Contains("ProcessorHandlesTarget", StringComparison.Ordinal));
            Assert.Equal($"{process.Truth[type]} {type}", FormattableString.Invariant($"{live} {type}"));
        }
    }
}
