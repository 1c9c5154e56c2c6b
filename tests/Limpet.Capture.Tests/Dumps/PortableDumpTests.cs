using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Limpet.Capture.Dumps;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Testing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>A dump that is read through the debugging library's own enumeration gives the graph that the decoder gives: it is what other systems have.</summary>
public sealed class PortableDumpTests
{
    [Theory]
    [InlineData("objects 20000", "Limpet.TestTargets.Node")]
    [InlineData("array-of-structs", "Limpet.TestTargets.ArrayOfStructsTarget+GridLeaf")]
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

    [Fact]
    public void OpenPortable_WhereAPartOfTheHeapIsMissing_SaysHowMuchAsTheDecoderDoes()
    {
        using DumpFile file = DumpFile.Of("objects 20000");
        using (DumpHeap whole = DumpHeap.OpenPortable(file.Path, CaptureSystem.Current, TestContext.Current.CancellationToken))
        {
            Assert.Empty(whole.Warnings);
            LeaveOut(file.Path, whole.Graph.Addresses.Segments.MaxBy(segment => segment.NodeCount)!.Start);
        }

        using DumpHeap decoded = DumpHeap.Open(file.Path, cancellation: TestContext.Current.CancellationToken);
        using DumpHeap portable = DumpHeap.OpenPortable(file.Path, CaptureSystem.Current, TestContext.Current.CancellationToken);
        Assert.Matches(@"^\S+ \w+ of the heap in \d+ segments is not in the dump, or was altered$", decoded.Graph.IncompleteReason);
        Assert.Equal(decoded.Graph.IncompleteReason, portable.Graph.IncompleteReason);
    }

    [Fact]
    public void OpenPortable_WithoutHeap_IsRefusedAsByTheDecoder()
    {
        using DumpFile file = DumpFile.Of("objects 100", DumpType.Normal);
        LimpetException decoded = Assert.Throws<LimpetException>(() => DumpHeap.Open(file.Path, cancellation: TestContext.Current.CancellationToken));
        LimpetException portable = Assert.Throws<LimpetException>(() => DumpHeap.OpenPortable(file.Path, CaptureSystem.Current, TestContext.Current.CancellationToken));
        Assert.Equal(decoded.Trouble, portable.Trouble);
        Assert.Equal(decoded.Message.Replace("Write the dump again: createdump --withheap -f FILE PID", "Write the dump again, with its heap: dotnet-dump collect -p PID", StringComparison.Ordinal), portable.Message);
    }

    /// <summary>Alters a core dump so that the memory around an address lies at another one, at 0x10000.</summary>
    private static void LeaveOut(string path, ulong address)
    {
        const int EntryBytes = 56;
        using FileStream file = new(path, FileMode.Open);
        byte[] head = new byte[1 << 20];
        file.ReadExactly(head, 0, (int)Math.Min(head.Length, file.Length));
        for (int at = (int)BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(32)); ; at += EntryBytes)
        {
            ulong start = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(at + 16));
            if (start <= address && address < start + BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(at + 40)))
            {
                file.Position = at + 16;
                file.Write([0, 0, 1, 0, 0, 0, 0, 0]);
                return;
            }
        }
    }

    private static void Compare(string path, string? asked)
    {
        using DumpHeap decoded = DumpHeap.Open(path, cancellation: TestContext.Current.CancellationToken);
        using DumpHeap portable = DumpHeap.OpenPortable(path, new CaptureSystem("Windows", Architecture.X64), TestContext.Current.CancellationToken);
        Assert.Equal((CaptureWay.PortableDump, decoded.ProcessId, decoded.RuntimeName), (portable.Way, portable.ProcessId, portable.RuntimeName));
        Assert.Equal(["untested on this system: Windows on x64"], portable.Warnings);
        Assert.Null(decoded.Way);
        Assert.Null(portable.Graph.IncompleteReason);
        HashSet<string> plainArrays = [.. decoded.Graph.Types.Where(type => type.IsArray && type.SlotNames.IsEmpty).Select(type => type.Name)];
        Assert.Equal(Objects(decoded.Graph, plainArrays), Objects(portable.Graph, plainArrays));
        Assert.Equal(Roots(decoded.Graph, isStatic: false), Roots(portable.Graph, isStatic: false));

        // Generic types without objects are found by their memory only.
        Assert.Empty(Roots(portable.Graph, isStatic: true).Except(Roots(decoded.Graph, isStatic: true)));
        Assert.All(Roots(decoded.Graph, isStatic: true).Except(Roots(portable.Graph, isStatic: true)), root => Assert.Contains('<', root));
        Assert.Equal(Reached(decoded.Graph), Reached(portable.Graph));
        Assert.Equal(Segments(decoded.Graph), Segments(portable.Graph));
        Assert.Equal(Types(decoded.Graph), Types(portable.Graph));
        Assert.Equal(Weak(decoded.Graph), Weak(portable.Graph));
        Assert.Equal(decoded.Graph.ModuleVersions.OrderBy(module => module.Key), portable.Graph.ModuleVersions.OrderBy(module => module.Key));
        if (asked is not null)
        {
            Assert.Equal(Why(decoded.Graph, asked), Why(portable.Graph, asked));
        }
    }

    /// <summary>Of an array of structs that hold nothing but references the decoder does not tell the fields: its descriptor is that of an array of references.</summary>
    private static IEnumerable<string> Objects(HeapGraph graph, HashSet<string> plainArrays) => Enumerable.Range(0, graph.NodeCount).Select(value => new NodeIndex(value)).Select(node =>
    {
        bool isPlain = plainArrays.Contains(graph.TypeOf(node).Name);
        IEnumerable<string> references = graph.TargetsOf(node).ToArray()
            .Zip(graph.SlotsOf(node).ToArray(), (target, slot) => $"{(isPlain && slot < EdgeSlot.LoaderAllocator ? "[x]" : graph.LabelOf(node, slot).Member)} {graph.Addresses.AddressOf(new NodeIndex(target)):x}").Order(StringComparer.Ordinal);
        return $"{graph.Addresses.AddressOf(node):x} {graph.TypeOf(node).Name} {graph.SizeOf(node)} {string.Join(", ", references)}";
    }).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Roots(HeapGraph graph, bool isStatic) => graph.Roots.Where(root => root.Kind == RootKind.StaticField == isStatic)
        .Select(root => $"{root.Kind} {root.Name} {root.ThreadId} {root.Method} {graph.Addresses.AddressOf(root.Target):x}").Order(StringComparer.Ordinal);

    private static long Reached(HeapGraph graph) => Reachability.From(graph, TestContext.Current.CancellationToken).Count;

    private static IEnumerable<string> Segments(HeapGraph graph) => graph.Addresses.Segments.Select(segment => $"{segment.Start:x} {segment.End:x} {segment.Generation} {segment.NodeCount}");

    private static IEnumerable<string> Types(HeapGraph graph) => Enumerable.Range(0, graph.NodeCount).Select(node => graph.TypeOf(new NodeIndex(node))).Distinct()
        .Select(type => $"{type.Name} {type.Module} {type.Traits} {string.Join(',', type.BaseTypes)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Weak(HeapGraph graph) => graph.WeakHandles!.Value.Select(handle => $"{graph.Addresses.AddressOf(handle.Target):x} {handle.IsLong}").Order(StringComparer.Ordinal);

    private static string Why(HeapGraph graph, string type)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        RetentionAnswer answer = query.Ask(type, 5, TestContext.Current.CancellationToken);
        Assert.NotEmpty(answer.Traces);
        return $"{answer.Count} {answer.RootedCount} {string.Join('|', answer.Traces.Select(group => $"{group.Count} {group.Retained} {group.Trace.Signature} {group.Trace.Hint} {group.Trace.Trace.Root} {string.Join(" -> ", group.Trace.Trace.Path)}"))}";
    }
}
