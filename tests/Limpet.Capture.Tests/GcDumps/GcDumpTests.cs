using Limpet.Capture.Files;
using Limpet.Capture.GcDumps;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Tests;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests.GcDumps;

public sealed class GcDumpTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static HeapFileMetadata Metadata { get; } = new()
    {
        ToolVersion = "1.2.3",
        RuntimeName = ".NET 10.0.1",
        Pid = 4242,
        CapturedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        CommandLine = ["/opt/shop/shop", "--token=***"],
    };

    private string File => Path.Combine(folder.FullName, "heap.gcdump");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("closures")]
    [InlineData("statics")]
    [InlineData("dependent-handles")]
    [InlineData("loh-poh-frozen")]
    [InlineData("objects 20000")]
    public void Write_OfALiveHeap_IsReadAsItWas(string target)
    {
        using TargetProcess process = TargetProcess.Start(target);
        using LiveTarget live = LiveTarget.Attach(process.Id);
        using HeapGraph graph = live.Capture(cancellation: Cancellation).Graph;
        GcDumpFile.Write(File, graph, Metadata, Cancellation);
        LoadedHeap loaded = GcDumpFile.Read(File, Cancellation);
        using HeapGraph read = loaded.Graph;
        Assert.Equal(LiveText.Of(graph), LiveText.Of(read));
        Assert.Null(read.IncompleteReason);
        Assert.Equal(4242, loaded.Metadata.Pid);
        Assert.Equal(["shop"], loaded.Metadata.CommandLine);
    }

    [Fact]
    public void Write_OfManyShapes_IsReadAsItWas()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            using HeapGraph graph = RandomHeap.Of(seed);
            GcDumpFile.Write(File, graph, Metadata, Cancellation);
            using HeapGraph read = GcDumpFile.Read(File, Cancellation).Graph;
            Assert.Equal(LiveText.Of(graph), LiveText.Of(read));
            Assert.Null(read.IncompleteReason);
        }
    }

    [Fact]
    public void Write_IsReadByTheLibraryOfTheFormat()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            using HeapGraph graph = RandomHeap.Of(seed);
            GcDumpFile.Write(File, graph, Metadata, Cancellation);
            ForeignGcDump foreign = ForeignGcDump.Read(File);
            Reachability live = Reachability.From(graph, Cancellation);
            var objects = foreign.Graph.Nodes.OfType<(int Type, int Size, int[] Children, ulong Address)>().Where(node => node.Address != 0).ToArray();
            Assert.Equal(live.Count, objects.Length);
            Assert.Equal(live.Bytes, objects.Sum(node => (long)node.Size));
            foreach ((int type, int size, int[] children, ulong address) in objects)
            {
                Assert.True(graph.Addresses.TryFind(address, out NodeIndex node));
                Assert.Equal(graph.SizeOf(node), size);
                Assert.Equal(graph.TypeOf(node).Name, foreign.Graph.Types[type].Name);
                Assert.Equal(
                    graph.TargetsOf(node).ToArray().Select(target => graph.Addresses.AddressOf(new NodeIndex(target))),
                    children.Select(child => foreign.Graph.Nodes[child]!.Value.Address));
            }

            Assert.Equal(live.Bytes, foreign.Graph.TotalBytes);
            Assert.Equal("[.NET Roots]", foreign.Graph.Types[foreign.Graph.Nodes[foreign.Graph.Root]!.Value.Type].Name);
            Assert.Equal(4242, foreign.ProcessId);
            Assert.Equal("limpet 1.2.3", foreign.Tool);
        }
    }

    [Fact]
    public void Read_OfAFileOfTheLibrary_HasItsObjectsAndRoots()
    {
        ForeignGcDump foreign = Foreign();
        foreign.Write(File);
        LoadedHeap loaded = GcDumpFile.Read(File, Cancellation);
        using HeapGraph graph = loaded.Graph;
        Assert.Equal(
            """
            10000 Shop.OrderView 24 -> 10018
            10018 System.Byte[] 100000 -> 
            40000 Shop.Bus 32 -> 10000 10018
            root Stack Program.Main() -> 40000
            root StaticField Shop.Bus.Changed -> 10000
            """,
            LiveText.Of(graph));
        Assert.Null(graph.IncompleteReason);
        Assert.Equal(77, loaded.Metadata.Pid);
        Assert.Equal("another tool", loaded.Metadata.ToolVersion);
        Assert.True(graph.Types.Single(type => type.Name == "System.Byte[]").IsArray);
    }

    [Fact]
    public void Read_WithObjectsThatWereLost_SaysHowMany()
    {
        ForeignGcDump foreign = Foreign();
        foreign.Graph.Nodes[1] = null;
        AssertIncomplete(foreign, "1 of 9 objects of the .gcdump are referred to and not described: the tool that wrote it lost them");
    }

    [Fact]
    public void Read_WithAnotherSum_SaysBoth()
    {
        ForeignGcDump foreign = Foreign();
        foreign.Graph.TotalBytes = 100_100;
        AssertIncomplete(foreign, "the objects of the .gcdump have 100,051 bytes, and it states 100,100");
    }

    [Fact]
    public void Read_WithoutARoot_SaysWhatIsReached()
    {
        ForeignGcDump foreign = Foreign();
        foreign.Graph.Nodes[6] = foreign.Graph.Nodes[6]!.Value with { Children = [] };
        AssertIncomplete(foreign, "the roots of the .gcdump reach 2 of its 3 objects (66.7 %): roots or references are missing");
    }

    [Fact]
    public void Read_WithAddressesOfThirtyTwoBits_NumbersTheObjects()
    {
        ForeignGcDump foreign = Foreign();
        foreign.Graph.Nodes[0] = foreign.Graph.Nodes[0]!.Value with { Address = 0x10004 };
        foreign.Write(File);
        using HeapGraph graph = GcDumpFile.Read(File, Cancellation).Graph;
        Assert.Equal(3, Reachability.From(graph, Cancellation).Count);
        Assert.Null(graph.IncompleteReason);
    }

    [Fact]
    public void Read_OfACutFile_SaysSo()
    {
        Foreign().Write(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        foreach (int length in (int[])[30, 60, 100, 300, 500, bytes.Length / 2])
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            LimpetException error = Assert.Throws<LimpetException>(() => GcDumpFile.Read(File, Cancellation));
            Assert.StartsWith($"Cannot read {File}: it was cut or altered: ", error.Message, StringComparison.Ordinal);
            Assert.Equal(Trouble.BadInput, error.Trouble);
        }
    }

    private static ForeignGcDump Foreign() => new()
    {
        ProcessId = 77,
        ProcessName = "shop",
        Tool = "another tool",
        Graph =
        {
            Types =
            {
                ("UNDEFINED", 0, null), ("Shop.OrderView", 24, "/app/Shop.dll"), ("System.Byte[] (Bytes > 100K)", 1, null), ("Shop.Bus", 27, "C:\\app\\Shop.dll"),
                ("[.NET Roots]", 0, null), ("[static vars]", 0, null), ("[static var Shop.Bus.Changed]", 0, null), ("[local vars]", 0, null), ("[local var Program.Main()]", 0, null),
            },
            Nodes =
            {
                (1, 24, [1], 0x10000), (2, 100_000, [], 0x10018), (3, 27, [0, 1], 0x40000),
                (4, 0, [4, 6], 0), (5, 0, [5], 0), (6, 0, [0], 0), (7, 0, [7], 0), (8, 0, [2], 0), (4, 0, [], 0),
            },
            Root = 3,
        },
    };

    private void AssertIncomplete(ForeignGcDump foreign, string reason)
    {
        foreign.Write(File);
        using HeapGraph graph = GcDumpFile.Read(File, Cancellation).Graph;
        Assert.Equal(reason, graph.IncompleteReason);
    }
}
