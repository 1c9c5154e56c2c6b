using Limpet.Capture.Live;
using Limpet.Capture.Tests.Residency;
using Limpet.Heap;

namespace Limpet.Capture.Tests;

/// <summary>What stands between the objects of a segment, on drawn memory: words of 8 bytes, and objects of three.</summary>
public sealed class HeapDecoderTests
{
    private const ulong Base = 0x7f00_0000_0000;
    private const ulong Table = Base + 0x100;
    private const ulong First = Base + 0x1000;
    private const ulong Size = 24;

    /// <summary>
    /// A thread that has filled what it may allocate from to the last byte leaves the room of a smallest object behind, with whatever was there: as was read of a program with sockets. It is
    /// an object that has no type yet only where no object follows.
    /// </summary>
    [Theory]
    [InlineData("oo.oo", 4, false)]
    [InlineData("oo.", 2, false)]
    [InlineData(".oo", 2, false)]
    [InlineData("o.o.o", 3, false)]
    [InlineData("oo..oo", 2, true)]
    [InlineData("oo.xoo", 2, true)]
    [InlineData("oo", 2, false)]
    public void Decode_RoomThatBelongsToNobody_IsNoEndOfTheSegment(string segment, int objects, bool isBroken)
    {
        DrawnMemory memory = new DrawnMemory(Base, 0x4000).Word(Table, Size << 32);
        for (int at = 0; at < segment.Length; at++)
        {
            ulong address = First + ((ulong)at * Size);
            memory.Word(address, segment[at] switch { 'o' => Table, 'x' => Base + 0x800, _ => 0 }).Word(address + 8, 0x1234);
        }

        SegmentPlan plan = new(First, First + ((ulong)segment.Length * Size), HeapGeneration.Gen0, []);
        using HeapDecoder decoder = new(memory, new LayoutTable(memory), StringReading.None);
        decoder.Prepare([plan]);
        decoder.Run();

        Assert.Equal((objects, isBroken), (plan.NodeCount, plan.BrokenAt != 0));
        decoder.Discard();
    }
}
