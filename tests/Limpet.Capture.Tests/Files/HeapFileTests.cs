using System.Buffers.Binary;
using Limpet.Bench.Fuzzing;
using Limpet.Capture.Files;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Tests;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests.Files;

public sealed class HeapFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("limpet-file-").FullName;

    private static HeapFileMetadata Metadata { get; } = new()
    {
        ToolVersion = "1.2.3",
        RuntimeName = ".NET 10.0.1",
        Pid = 4242,
        CapturedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        CommandLine = ["dotnet", "shop.dll", "--token=***"],
        Warnings = ["untested on this system"],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(folder, "heap.limpet");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("closures")]
    [InlineData("statics")]
    [InlineData("dependent-handles")]
    [InlineData("loh-poh-frozen")]
    [InlineData("async-pending")]
    [InlineData("collectible")]
    [InlineData("collections")]
    [InlineData("objects 20000")]
    public void Read_OfALiveHeap_EqualsWhatWasWritten(string target)
    {
        using TargetProcess process = TargetProcess.Start(target);
        string written;
        using (LiveTarget live = LiveTarget.Attach(process.Id))
        {
            using HeapGraph graph = live.Capture(cancellation: Cancellation).Graph;
            HeapFile.Write(Path, graph, Metadata, Cancellation);
            written = GraphText.Of(graph);
        }

        LoadedHeap loaded = HeapFile.Read(Path, Cancellation);
        using HeapGraph read = loaded.Graph;
        Assert.Equal(written, GraphText.Of(read));
        Assert.Contains("type System.String", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfManyShapes_EqualsWhatWasWritten()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            using HeapGraph graph = RandomHeap.Of(seed);
            HeapFile.Write(Path, graph, Metadata, Cancellation);
            using HeapGraph read = HeapFile.Read(Path, Cancellation).Graph;
            Assert.Equal(GraphText.Of(graph), GraphText.Of(read));
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Read_OfASourceThatTellsElementsOrNot_KnowsWhichOfTheTwo(bool tells, bool expected)
    {
        using HeapGraph graph = Heap.Tests.Heap.Of(h =>
        {
            h.Static("Shop.waiting").To(h.Object("System.Threading.Tasks.Task").With(FactKind.TaskState, 1));
            if (!tells)
            {
                h.Omits(FactKind.Elements);
            }
        });
        HeapFile.Write(Path, graph, Metadata, Cancellation);

        using HeapGraph read = HeapFile.Read(Path, Cancellation).Graph;

        // Once more: a file that is made of a file tells no more than that does.
        HeapFile.Write(Path, read, Metadata, Cancellation);
        using HeapGraph again = HeapFile.Read(Path, Cancellation).Graph;
        Assert.Equal((expected, expected, true), (read.Facts.Tells(FactKind.Elements), again.Facts.Tells(FactKind.Elements), again.Facts.Tells(FactKind.TaskState)));
    }

    [Fact]
    public void Read_Metadata_EqualsWhatWasWritten()
    {
        WriteOne();
        LoadedHeap loaded = HeapFile.Read(Path, Cancellation);
        using HeapGraph graph = loaded.Graph;
        Assert.Equal(Metadata.CommandLine, loaded.Metadata.CommandLine);
        Assert.Equal(Metadata.Warnings, loaded.Metadata.Warnings);
        Assert.Equal(Metadata, loaded.Metadata with { CommandLine = Metadata.CommandLine, Warnings = Metadata.Warnings });
    }

    [Fact]
    public void Sections_BeginAtPages_SoThatTheyCanBeMapped()
    {
        byte[] file = WriteOne();
        Assert.Equal(17, MendedFile.Sections(file).Length);
        Assert.All(MendedFile.Sections(file), section => Assert.Equal(0, section.Offset % 4096));
        Assert.Equal(0, file.Length % 4096);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(15)]
    public void Open_AFileWithAnAlteredArray_ThrowsAtTheFirstLookAtIt(int id)
    {
        byte[] file = WriteOne();
        file[MendedFile.Sections(file)[id - 1].Offset] ^= 1;
        File.WriteAllBytes(Path, file);
        using HeapGraph graph = HeapFile.Open(Path, Cancellation).Graph;
        Assert.True(graph.NodeCount > 0);
        for (int look = 0; look < 2; look++)
        {
            LimpetException error = Assert.Throws<LimpetException>(() => GraphText.Of(graph));
            Assert.StartsWith($"Cannot read {Path}: it was altered: the checksum of its section ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_AFile_EqualsWhatWasWrittenAndLeavesNoMapping()
    {
        using HeapGraph graph = RandomHeap.Of(7);
        HeapFile.Write(Path, graph, Metadata, Cancellation);
        using (HeapGraph read = HeapFile.Open(Path, Cancellation).Graph)
        {
            Assert.Contains(Path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
            Assert.Equal(GraphText.Of(graph), GraphText.Of(read));
        }

        Assert.DoesNotContain(Path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AFileWithoutTheOptionalSections_SaysNothingOfStringsAndWeakHandles()
    {
        using HeapGraph graph = RandomHeap.Of(8);
        HeapFile.Write(Path, graph, Metadata, Cancellation);
        using HeapGraph read = HeapFile.Read(Path, Cancellation).Graph;

        Assert.Equal(13, MendedFile.Sections(File.ReadAllBytes(Path)).Length);
        Assert.Null(read.Strings);
        Assert.Null(read.WeakHandles);
    }

    [Fact]
    public void Read_AFileWithASectionThatIsNotKnown_PassesOverIt()
    {
        byte[] file = WriteOne();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(32 + (16 * 24)), 4711);
        MendedFile.MendHeader(file);
        File.WriteAllBytes(Path, file);
        using HeapGraph read = HeapFile.Read(Path, Cancellation).Graph;

        Assert.NotNull(read.Strings);
        Assert.Null(read.WeakHandles);
    }

    [Fact]
    public void Read_AFileWithAStringThatIsLongerThanItsObject_SaysSo()
    {
        byte[] file = WriteOne();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(MendedFile.Sections(file)[13].Offset), 1_000_000);
        MendedFile.Mend(file);
        File.WriteAllBytes(Path, file);

        Assert.Matches(@"it was altered: the string at object \d+ has 1000000 units in \d+ bytes\.", Assert.Throws<LimpetException>(() => HeapFile.Read(Path, Cancellation)).Message);
    }

    [Fact]
    public void Read_AnEmptyFile_SaysSo() => AssertError([], "it is empty. Capture the heap again: limpet snapshot PID -o FILE");

    [Fact]
    public void Read_AForeignFile_SaysSo() =>
        AssertError("PK\u0003\u0004 something else"u8.ToArray(), "it is no .limpet file. Give a file that limpet snapshot wrote, or a process id.");

    [Fact]
    public void Read_ACutFile_SaysHowMuchIsThere()
    {
        byte[] file = WriteOne();
        AssertError(file[..^4096], $"it was cut: {file.Length - 4096} of {file.Length} bytes are there. Capture the heap again: limpet snapshot PID -o FILE");
    }

    [Fact]
    public void Read_ANewerFile_NamesBothVersions()
    {
        byte[] file = WriteOne();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), 3);
        AssertError(file, "it has version 3 of the format, and this limpet reads up to version 2. Read it with a newer limpet: dotnet tool update -g limpet");
    }

    [Fact]
    public void Read_AnOlderFile_NamesBothVersions()
    {
        byte[] file = WriteOne();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), 1);
        AssertError(file, "it has version 1 of the format, and this limpet reads version 2 alone. Capture the heap again: limpet snapshot PID -o FILE");
    }

    [Fact]
    public void Read_AnAlteredSection_NamesIt()
    {
        byte[] file = WriteOne();
        file[MendedFile.Sections(file)[3].Offset] ^= 1;
        AssertError(file, "it was altered: the checksum of its section NodeTypes is wrong. Capture the heap again: limpet snapshot PID -o FILE");
    }

    [Fact]
    public void Read_AFolder_SaysSo() => Assert.Contains(
        "it is a folder.", Assert.Throws<LimpetException>(() => HeapFile.Read(folder, Cancellation)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_OfMutatedFiles_IsAnErrorOrASoundGraph(bool mended)
    {
        byte[] original = WriteOne();
        Random random = new(1);
        int refused = 0;
        const int Mutations = 800;
        for (int mutation = 0; mutation < Mutations; mutation++)
        {
            byte[] file = Mutate(original, random, mended);
            File.WriteAllBytes(Path, file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using HeapGraph graph = HeapFile.Read(Path, Cancellation).Graph;
                using RetentionQuery query = RetentionQuery.Open(graph, Cancellation);
                GraphText.Of(graph);
            }
            catch (LimpetException exception)
            {
                Assert.StartsWith($"Cannot read {Path}: it ", exception.Message, StringComparison.Ordinal);
                Assert.Equal(Trouble.BadInput, exception.Trouble);
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        }

        Assert.InRange(refused, mended ? Mutations / 4 : Mutations * 3 / 4, Mutations);
    }

    [Fact]
    public void Write_Cancelled_LeavesTheOldFileAndNothingElse()
    {
        File.WriteAllText(Path, "old");
        using HeapGraph graph = RandomHeap.Of(1);
        Assert.Throws<OperationCanceledException>(() => HeapFile.Write(Path, graph, Metadata, new CancellationToken(canceled: true)));
        Assert.Equal("old", File.ReadAllText(Path));
        Assert.Equal([Path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_WhereTheDiskIsFull_SaysSoAndLeavesNothing()
    {
        LimpetException exception = Assert.Throws<LimpetException>(() => PrivateFile.Write<int>(Path, file =>
        {
            file.Write("half"u8);
            using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write("rest"u8);
            return 0;
        }));
        Assert.Equal($"Cannot write {Path}: the disk is full. Make room or choose another folder; nothing was left behind.", exception.Message);
        Assert.Equal(Trouble.Refused, exception.Trouble);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_IntoAMissingFolder_SaysSo()
    {
        LimpetException exception = Assert.Throws<LimpetException>(() => PrivateFile.Check(System.IO.Path.Combine(folder, "none", "x.limpet")));
        Assert.Contains("there is no folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OverADevice_IsRefused()
    {
        LimpetException exception = Assert.Throws<LimpetException>(() => PrivateFile.Check("/dev/null"));
        Assert.Equal("Cannot write /dev/null: it is a device, a pipe or a socket. Name an ordinary file.", exception.Message);
    }

    private static byte[] Mutate(byte[] original, Random random, bool mended)
    {
        byte[] file = [.. original];
        if (!mended && random.Next(4) == 0)
        {
            return file[..random.Next(file.Length)];
        }

        // In the sections and not in the zeros between them; now and then in the table.
        (int Offset, int Length)[] sections = [.. MendedFile.Sections(file).Where(section => section.Length > 0)];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            (int offset, int length) = random.Next(8) == 0 ? (8, 340) : sections[random.Next(sections.Length)];
            int at = offset + random.Next(length);
            switch (random.Next(3))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file.AsSpan(at, Math.Min(random.Next(1, 9), file.Length - at)).Fill(byte.MaxValue);
                    break;
                default:
                    random.NextBytes(file.AsSpan(at, Math.Min(4, file.Length - at)));
                    break;
            }

            if (mended && at < 4096)
            {
                MendedFile.MendHeader(file);
                return file;
            }
        }

        if (mended)
        {
            MendedFile.Mend(file);
        }

        return file;
    }

    private byte[] WriteOne()
    {
        using HeapGraph graph = RandomHeap.Of(7);
        HeapFile.Write(Path, graph, Metadata, Cancellation);
        return File.ReadAllBytes(Path);
    }

    private void AssertError(byte[] content, string message)
    {
        File.WriteAllBytes(Path, content);
        LimpetException exception = Assert.Throws<LimpetException>(() => HeapFile.Read(Path, Cancellation));
        Assert.Equal($"Cannot read {Path}: {message}", exception.Message);
        Assert.Equal(Trouble.BadInput, exception.Trouble);
    }
}
