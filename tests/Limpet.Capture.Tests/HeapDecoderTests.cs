using Limpet.Capture.Live;
using Limpet.Capture.Tests.Residency;
using Limpet.Heap;

namespace Limpet.Capture.Tests;

/// <summary>What stands between the objects of a segment, on drawn memory: words of 8 bytes, and objects of three.</summary>
public sealed class HeapDecoderTests
{
    private const ulong Base = 0x7f00_0000_0000;
    private const ulong Table = Base + 0x100;
    private const ulong WideTable = Base + 0x200;
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
        Assert.Equal((objects, isBroken), Decode(segment));
    }

    /// <summary>
    /// What another thread has made between such room, or memory that was handed out and is not listed yet, and the next allocation pointer was lost: the walk went on at the pointer. Objects that were
    /// found by looking for them lead to it exactly.
    /// </summary>
    [Theory]
    [InlineData("oo.oo~~oo", 6, false)]
    [InlineData("oo.~oo", 4, false)]
    [InlineData("ooz~oo", 4, false)]
    [InlineData("oozzz~~oo", 4, false)]
    [InlineData("oozzzoo~~oo", 6, false)]
    [InlineData("oozzzoozz~~oo.o", 7, false)]
    [InlineData("oozzzlo~o", 5, false)]
    [InlineData("oozzzoo", 4, false)]
    [InlineData("oozzz", 2, false)]
    [InlineData("oozzzx~oo", 2, true)]
    [InlineData("oozzzww~oo", 5, false)]
    [InlineData("oozzzw~oo", 2, true)]
    [InlineData("oox~oo", 2, true)]
    public void Decode_BeforeAnAllocationPointer_EveryObjectIsFound(string segment, int objects, bool isBroken)
    {
        Assert.Equal((objects, isBroken), Decode(segment));
    }

    /// <summary>Decodes three words for each character: an object (<c>o</c>, <c>l</c> with a lock in the word before, <c>w</c> twice as large), zeros (<c>z</c>), what may be filled (<c>~</c>), what has no type (<c>.</c>), no object (<c>x</c>).</summary>
    private static (int Objects, bool IsBroken) Decode(string segment)
    {
        DrawnMemory memory = new DrawnMemory(Base, 0x4000).Word(Table, Size << 32).Word(WideTable, (2 * Size) << 32);
        for (int at = 0; at < segment.Length; at++)
        {
            ulong address = First + ((ulong)at * Size);
            memory.Word(address, segment[at] switch { 'o' or 'l' => Table, 'w' => WideTable, 'x' => Base + 0x800, _ => 0 }).Word(address + 8, segment[at] is 'z' ? 0UL : 0x1234);
            if (segment[at] == 'l')
            {
                memory.Word(address - 8, 0x05_0000_0000);
            }
        }

        // Behind what may be filled one object's room belongs to nobody.
        int from = segment.IndexOf('~', StringComparison.Ordinal), last = segment.LastIndexOf('~');
        SegmentPlan plan = new(First, First + ((ulong)segment.Length * Size), HeapGeneration.Gen0, from < 0 ? [] : [(First + ((ulong)from * Size), First + ((ulong)last * Size))]);
        using HeapDecoder decoder = new(memory, new LayoutTable(memory), StringReading.None);
        decoder.Prepare([plan]);
        decoder.Run();
        decoder.Discard();
        return (plan.NodeCount, plan.BrokenAt != 0);
    }
}
