using System.Runtime.InteropServices;
using Limpet.Capture.Dumps;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>A dump that is read through the debugging library's own enumeration gives the graph that the decoder gives: it is what other systems have.</summary>
public sealed class PortableDumpTests
{
    [Theory]
    [InlineData("objects 20000", "Limpet.TestTargets.Node")]
    [InlineData("array-of-structs", null)]
    [InlineData("collectible", null)]
    [InlineData("dependent-handles", null)]
    [InlineData("handles", null)]
    [InlineData("statics", null)]
    [InlineData("loh-poh-frozen", null)]
    [InlineData("finalizers", null)]
    [InlineData("closures", null)]
    [InlineData("threads 20", null)]
    public void OpenPortable_OfEachShape_IsWhatTheDecoderReads(string target, string? asked)
    {
        using DumpFile file = DumpFile.Of(target);
        Compare(file.Path, asked);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void OpenPortable_OfAnOlderRuntime_IsWhatTheDecoderReads(string framework)
    {
        using DumpFile file = DumpFile.Of("statics", executable: OlderRuntime.Executable(framework));
        Compare(file.Path, null);
    }

    private static void Compare(string path, string? asked)
    {
        using DumpHeap decoded = DumpHeap.Open(path, cancellation: TestContext.Current.CancellationToken);
        using DumpHeap portable = DumpHeap.OpenPortable(path, new CaptureSystem("Windows", Architecture.X64), TestContext.Current.CancellationToken);
        Assert.Equal((CaptureWay.PortableDump, decoded.ProcessId, decoded.RuntimeName), (portable.Way, portable.ProcessId, portable.RuntimeName));
        Assert.Equal(["untested on this system: Windows on x64"], portable.Warnings);
        Assert.Null(decoded.Way);
        Assert.Null(portable.Graph.IncompleteReason);
        Assert.Equal(Objects(decoded.Graph), Objects(portable.Graph));
        Assert.Equal(Roots(decoded.Graph), Roots(portable.Graph));
        Assert.Equal(Segments(decoded.Graph), Segments(portable.Graph));
        Assert.Equal(Types(decoded.Graph), Types(portable.Graph));
        Assert.Equal(Weak(decoded.Graph), Weak(portable.Graph));
        Assert.Equal(decoded.Graph.ModuleVersions.OrderBy(module => module.Key), portable.Graph.ModuleVersions.OrderBy(module => module.Key));
        if (asked is not null)
        {
            Assert.Equal(Why(decoded.Graph, asked), Why(portable.Graph, asked));
        }
    }

    private static IEnumerable<string> Objects(HeapGraph graph) => Enumerable.Range(0, graph.NodeCount).Select(value => new NodeIndex(value)).Select(node =>
    {
        IEnumerable<string> references = graph.TargetsOf(node).ToArray()
            .Zip(graph.SlotsOf(node).ToArray(), (target, slot) => $"{graph.LabelOf(node, slot)} {graph.Addresses.AddressOf(new NodeIndex(target)):x}").Order(StringComparer.Ordinal);
        return $"{graph.Addresses.AddressOf(node):x} {graph.TypeOf(node).Name} {graph.SizeOf(node)} {string.Join(", ", references)}";
    });

    private static IEnumerable<string> Roots(HeapGraph graph) =>
        graph.Roots.Select(root => $"{root.Kind} {root.Name} {root.ThreadId} {root.Method} {graph.Addresses.AddressOf(root.Target):x}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Segments(HeapGraph graph) => graph.Addresses.Segments.Select(segment => $"{segment.Start:x} {segment.End:x} {segment.Generation} {segment.NodeCount}");

    private static IEnumerable<string> Types(HeapGraph graph) => Enumerable.Range(0, graph.NodeCount).Select(node => graph.TypeOf(new NodeIndex(node))).Distinct()
        .Select(type => $"{type.Name} {type.Module} {type.Traits} {string.Join(',', type.BaseTypes)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Weak(HeapGraph graph) => graph.WeakHandles!.Value.Select(handle => $"{graph.Addresses.AddressOf(handle.Target):x} {handle.IsLong}").Order(StringComparer.Ordinal);

    private static string Why(HeapGraph graph, string type)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        RetentionAnswer answer = query.Ask(type, 5, TestContext.Current.CancellationToken);
        return $"{answer.Count} {answer.RootedCount} {string.Join('|', answer.Traces.Select(group => $"{group}"))}";
    }
}
