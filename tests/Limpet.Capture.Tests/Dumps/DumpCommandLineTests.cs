using System.Buffers.Binary;
using Limpet.Capture.Dumps;
using Limpet.Capture.Native;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>The command line of a dump: from the first stack, else from what the kernel noted, else none.</summary>
public sealed class DumpCommandLineTests : IDisposable
{
    private const string Noted = "dotnet shop.dll --orders 17";
    private readonly DumpFile file = DumpFile.Empty();

    public void Dispose() => file.Dispose();

    [Fact]
    public void Read_WordsOnTheStack_AreTheCommandLine()
    {
        Assert.Equal(["dotnet", "shop.dll", "", "--name=a b"], Read(new DrawnDump().ProcessInfo("dotnet", Noted).Words("dotnet", "shop.dll", "", "--name=a b")));
    }

    [Fact]
    public void Read_WithoutTheStack_IsWhatTheKernelNoted()
    {
        Assert.Equal(["dotnet", "shop.dll", "--orders", "17"], Read(new DrawnDump().ProcessInfo("dotnet", Noted)));
    }

    [Fact]
    public void Read_OfALongLineThatTheKernelNoted_IsItsFirst80Bytes()
    {
        Assert.Equal([new string('a', 50), new string('b', 29)], Read(new DrawnDump().ProcessInfo("dotnet", $"{new string('a', 50)} {new string('b', 29)}")));
    }

    [Fact]
    public void Read_OfAThreadOfTheKernelsKind_IsItsName() => Assert.Equal(["shop"], Read(new DrawnDump().ProcessInfo("shop", "")));

    [Fact]
    public void Read_NothingNoted_IsEmpty() => Assert.Empty(Read(new DrawnDump()));

    [Fact]
    public void Read_ANoteThatIsTooShort_IsEmpty() => Assert.Empty(Read(new DrawnDump().Note(3, new byte[135])));

    [Theory]
    [InlineData(0x10UL)] // no pointer
    [InlineData(DrawnDump.Stack - 1)]
    [InlineData(DrawnDump.Stack + DrawnDump.StackBytes)]
    [InlineData(ulong.MaxValue)]
    public void Read_APointerThatLeadsNowhere_FallsBackToWhatTheKernelNoted(ulong pointer)
    {
        DrawnDump dump = new DrawnDump().ProcessInfo("dotnet", Noted).Words("dotnet", "other.dll");
        dump.Write(DrawnDump.PointerAt(1, 2), pointer);
        Assert.Equal(["dotnet", "shop.dll", "--orders", "17"], Read(dump));
    }

    [Fact]
    public void Read_AWordWithoutAnEnd_FallsBackToWhatTheKernelNoted()
    {
        DrawnDump dump = new DrawnDump().ProcessInfo("dotnet", Noted).Words("dotnet", "other.dll");
        dump.Memory.AsSpan(0x2007).Fill((byte)'x');
        Assert.Equal(["dotnet", "shop.dll", "--orders", "17"], Read(dump));
    }

    [Theory]
    [InlineData(0, uint.MaxValue)] // the length of the name
    [InlineData(4, uint.MaxValue)] // of the content
    [InlineData(4, 0x7fff_ffffU)]
    [InlineData(4, 137U)]
    public void Read_ANoteThatEndsBehindTheNotes_IsEmpty(int at, uint length)
    {
        DrawnDump dump = new DrawnDump().ProcessInfo("dotnet", Noted);
        byte[] bytes = dump.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(DrawnDump.NotesAt + at), length);
        Assert.Empty(Read(bytes));
    }

    [Fact]
    public void Read_AlteredAThousandTimes_NeverThrows()
    {
        byte[] whole = new DrawnDump().ProcessInfo("dotnet", Noted).Words("dotnet", "shop.dll", "--orders").ToArray();
        string[] words = ["dotnet", "shop.dll", "--orders"];
        int changed = 0;
        for (int seed = 0; seed < 1_000; seed++)
        {
            Random random = new(seed);
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 8); change > 0; change--)
            {
                // The notes, or where the pointers and the words stand.
                int at = random.Next(3) switch { 0 => random.Next(DrawnDump.NotesAt, whole.Length - DrawnDump.StackBytes), 1 => whole.Length - DrawnDump.StackBytes + random.Next(0xfa0, 0x1030), _ => whole.Length - DrawnDump.StackBytes + random.Next(0x2000, 0x2020) };
                bytes[at] = (byte)random.Next(256);
            }

            changed += Read(bytes).SequenceEqual(words) ? 0 : 1;
        }

        Assert.InRange(changed, 300, 1_000);
    }

    private string[] Read(DrawnDump dump) => Read(dump.ToArray());

    private string[] Read(byte[] bytes)
    {
        File.WriteAllBytes(file.Path, bytes);
        using MappedFile mapped = MappedFile.Open(file.Path, "Write it again.");
        ElfCore core = ElfCore.Read(mapped);
        return [.. new DumpCommandLine(mapped, core, new CoreMemory(mapped, core)).Read()];
    }
}
