using System.Globalization;
using Limpet.Capture.Dumps;
using Limpet.Capture.Files;
using Limpet.Capture.Live;
using Limpet.Capture.Tests.Dumps;
using Limpet.Heap;
using Limpet.Heap.Strings;
using Limpet.Testing;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Tests;

/// <summary>Length and hash of strings, against the texts that ClrMD reads of the same heap.</summary>
public sealed class StringPrintTests : IDisposable
{
    private const string Target = "texts 30000";
    private readonly string folder = Directory.CreateTempSubdirectory("limpet-strings-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Capture_WithHashes_TellsEqualTextsAndNoOthers()
    {
        using TargetProcess process = TargetProcess.Start(Target);
        using LiveTarget target = LiveTarget.Attach(process.Id, StringReading.Hashes);
        Dictionary<ulong, string> texts = [];
        using HeapGraph graph = target.Capture(runtime => texts = TextsOf(runtime), Cancellation).Graph;

        Assert.Null(graph.Strings!.Texts);
        AssertPrints(process, graph, texts);
    }

    [Fact]
    public void Capture_WithTexts_KeepsHowRepeatedOnesBeginWithoutSecrets()
    {
        using TargetProcess process = TargetProcess.Start(Target);
        using LiveTarget target = LiveTarget.Attach(process.Id, StringReading.Texts);
        Dictionary<ulong, string> texts = [];
        using HeapGraph graph = target.Capture(runtime => texts = TextsOf(runtime), Cancellation).Graph;

        AssertPrints(process, graph, texts);
        string[] kept = [.. graph.Strings!.Texts!.Values];
        Assert.Contains("gift, wrapped, card 07!!!!!!!", kept);
        Assert.Contains(new string('p', 80), kept);
        Assert.Contains("Server=shop-db;Password=***;Pooling=true", kept);
        Assert.Contains(new string('.', 40) + " postgres://***@shop-db/orders", kept);
        Assert.Contains("amqp://***", kept);
        Assert.DoesNotContain(kept, text => text.Length > 80 || text.Contains("hunter2", StringComparison.Ordinal) || text.Contains("eyJ", StringComparison.Ordinal) || text.StartsWith("line 0000", StringComparison.Ordinal));
    }

    [Fact]
    public void Capture_Unasked_ReadsNoStrings()
    {
        using TargetProcess process = TargetProcess.Start("closures");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: Cancellation).Graph;

        Assert.Null(graph.Strings);
    }

    [Fact]
    public void Dump_WithTexts_TellsTheSame()
    {
        using DumpFile file = DumpFile.Of(Target);
        Dictionary<ulong, string> texts = [];
        using DumpHeap dump = DumpHeap.Open(file.Path, runtime => texts = TextsOf(runtime), new DumpRequest { Strings = StringReading.Texts }, Cancellation);

        AssertPrints(null, dump.Graph, texts);
        Assert.Contains("Server=shop-db;Password=***;Pooling=true", dump.Graph.Strings!.Texts!.Values);
    }

    [Fact]
    public void File_OfAHeapWithTexts_HoldsPrintsAndTextsAndNothingElseOfThem()
    {
        using TargetProcess process = TargetProcess.Start(Target);
        using LiveTarget target = LiveTarget.Attach(process.Id, StringReading.Texts);
        using HeapGraph graph = target.Capture(cancellation: Cancellation).Graph;
        string path = Path.Combine(folder, "heap.limpet");
        HeapFile.Write(path, graph, new HeapFileMetadata { ToolVersion = "1", RuntimeName = ".NET", Pid = 1, CapturedAt = DateTimeOffset.UnixEpoch }, Cancellation);
        using HeapGraph read = HeapFile.Open(path, Cancellation).Graph;

        Assert.Equal(Prints(graph.Strings!), Prints(read.Strings!));
        Assert.Equal(graph.Strings!.Texts!.OrderBy(text => text.Key.Hash), read.Strings!.Texts!.OrderBy(text => text.Key.Hash));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("hunter2"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("hunter2")));
    }

    [Fact]
    public void Graph_WithHashes_TakesTwelveBytesAString()
    {
        using TargetProcess process = TargetProcess.Start("texts 3000");
        using LiveTarget target = LiveTarget.Attach(process.Id, StringReading.Hashes);
        using HeapGraph graph = target.Capture(cancellation: Cancellation).Graph;

        long objects = (graph.NodeCount * 12L) + 4 + (graph.EdgeCount * 5) + graph.Addresses.MemoryBytes;
        long strings = Enumerable.Range(0, graph.NodeCount).LongCount(node => graph.TypeOf(new NodeIndex(node)).IsString);
        Assert.True(strings >= int.Parse(process.Truth["String"], CultureInfo.InvariantCulture), $"Only {strings} strings.");
        Assert.Equal(12 * strings, graph.MemoryBytes - objects);
    }

    private static IEnumerable<StringPrint> Prints(HeapStrings strings) => Enumerable.Range(0, strings.Count).Select(index => strings[index]);

    /// <summary>By address.</summary>
    private static Dictionary<ulong, string> TextsOf(ClrRuntime runtime) => runtime.Heap.EnumerateObjects()
        .Where(item => item.Type is { IsString: true })
        .ToDictionary(item => item.Address, item => item.AsString(maxLength: int.MaxValue)!);

    private static void AssertPrints(TargetProcess? process, HeapGraph graph, Dictionary<ulong, string> texts)
    {
        NodeIndex[] nodes = [.. Enumerable.Range(0, graph.NodeCount).Select(node => new NodeIndex(node)).Where(node => graph.TypeOf(node).Name == "System.String")];
        HeapStrings strings = graph.Strings!;
        Assert.Equal(nodes.Length, strings.Count);
        Assert.Equal(texts.Count, strings.Count);
        Dictionary<string, ulong> hashOf = new(StringComparer.Ordinal);
        Dictionary<ulong, string> textOf = [];
        for (int index = 0; index < nodes.Length; index++)
        {
            StringPrint print = strings[index];
            string text = texts[graph.Addresses.AddressOf(nodes[index])];
            Assert.Equal((text.Length, graph.SizeOf(nodes[index])), (print.Length, print.Bytes));
            Assert.Equal(hashOf.GetValueOrDefault(text, print.Hash), print.Hash);
            Assert.Equal(textOf.GetValueOrDefault(print.Hash, text), text, ignoreCase: false);
            hashOf[text] = print.Hash;
            textOf[print.Hash] = text;
        }

        if (process is not null)
        {
            Assert.True(strings.Count >= int.Parse(process.Truth["String"], CultureInfo.InvariantCulture));
        }
    }
}
