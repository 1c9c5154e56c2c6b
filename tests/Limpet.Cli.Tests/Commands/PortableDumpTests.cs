using System.CommandLine;
using Limpet.Capture.Dumps;
using Limpet.Capture.Files;
using Limpet.Cli.Commands;
using Limpet.Heap;
using Limpet.Heap.Tests;
using Limpet.Results;

namespace Limpet.Cli.Tests.Commands;

/// <summary>A heap that came through the debugging library's enumeration says so, also out of the file that it was converted to; nobody can ask for it of a process.</summary>
public sealed class PortableDumpTests
{
    [Fact]
    public void Open_AFileOfSuchADump_SaysHowItWasReadAndWhatIsNotSeen()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");
        try
        {
            string file = Path.Combine(folder.FullName, "heap.limpet");
            using HeapGraph graph = HeapDsl(heap => heap.Static("Shop.Orders.All").To(heap.Object("Shop.Order")));
            HeapFileMetadata metadata = new()
            {
                ToolVersion = "1.0",
                RuntimeName = ".NET 10.0.0",
                Pid = 1,
                CapturedAt = DateTimeOffset.UnixEpoch,
                Way = CaptureWays.NameOf(CaptureWay.PortableDump),
                Warnings = ["untested on this system: Windows on x64"],
            };
            HeapFile.Write(file, graph, metadata, TestContext.Current.CancellationToken);
            CommandOutput output = new(TextWriter.Null, TextWriter.Null);
            using HeapSource source = HeapSource.Open(file, new CaptureRequest(TimeSpan.FromSeconds(1), null), output, TestContext.Current.CancellationToken);
            Assert.Equal("portable-dump", source.Environment["captureWay"]);
            Assert.Equal(DumpHeap.PortableBlindSpots, source.BlindSpots);
            Assert.NotEmpty(source.BlindSpots);
            Assert.Equal(["untested on this system: Windows on x64"], source.Warnings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("live", CaptureWay.Live)]
    [InlineData("dump", CaptureWay.Dump)]
    [InlineData("eventpipe", CaptureWay.EventPipe)]
    public void Way_OfAProcess_IsRead(string word, CaptureWay expected) => Assert.Equal(expected, Read(word).Way);

    [Fact]
    public void Way_OfADump_IsNoneOfAProcess()
    {
        LimpetException refused = Assert.Throws<LimpetException>(() => Read("portable-dump"));
        Assert.Equal("--way is \"portable-dump\", and must be live, dump or eventpipe.", refused.Message);
    }

    [Fact]
    public void Words_OfEachWay_ReadBack() => Assert.All(Enum.GetValues<CaptureWay>(), way => Assert.Equal(way, CaptureWays.TryRead(CaptureWays.NameOf(way))));

    private static CaptureRequest Read(string word)
    {
        Command command = new("any");
        CaptureOptions options = new(command);
        return options.Read(command.Parse(["--way", word]));
    }

    private static HeapGraph HeapDsl(Action<Limpet.Heap.Tests.Heap> describe) => Limpet.Heap.Tests.Heap.Of(describe);
}
