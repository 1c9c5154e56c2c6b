using Limpet.Capture.Residency;

namespace Limpet.Capture.Tests.Residency;

public sealed class GlibcArenasTests
{
    private const ulong Heap = 0x7f12_0000_0000;

    [Fact]
    public void FreeBytes_PiecesInUseAndFree_AreToldApart()
    {
        // The last piece is the top, which nobody has.
        DrawnMemory memory = new DrawnMemory(Heap, 0x4000).Chunks(Heap, 0x290, -0x1000, 0x500, 0x70, -0x800, 0x100, 0x1000, 0xf00);
        Assert.Equal(0x1000 + 0x800 + 0xf00, Arenas(memory).FreeBytes(memory.Pages(), Heap, memory.End));
    }

    [Fact]
    public void FreeBytes_PagesThatWereGivenBack_DoNotCount()
    {
        DrawnMemory memory = new DrawnMemory(Heap, 0x10000).Chunks(Heap, 0x1000, -0x8000, 0x1000, 0x6000);
        Assert.Equal(0x8000 + 0x6000 - 0x4000, Arenas(memory).FreeBytes(memory.Pages(3, 4, 5, 6), Heap, memory.End));
    }

    [Theory]
    [InlineData(0x18)]
    [InlineData(0)]
    [InlineData(0x20000)]
    public void FreeBytes_NoRowOfPieces_IsNotKnown(ulong size)
    {
        DrawnMemory memory = new DrawnMemory(Heap, 0x4000).Chunks(Heap, 0x1000, 0x3000).Word(Heap + 0x1008, size);
        Assert.Null(Arenas(memory).FreeBytes(memory.Pages(), Heap, memory.End));
    }

    [Fact]
    public void FreeBytes_PieceOnAPageThatIsNotThere_IsNotKnown()
    {
        DrawnMemory memory = new DrawnMemory(Heap, 0x4000).Chunks(Heap, 0x1000, 0x1000, 0x2000);
        Assert.NotNull(Arenas(memory).FreeBytes(memory.Pages(), Heap, memory.End));
        Assert.Null(Arenas(memory).FreeBytes(memory.Pages(1), Heap, memory.End));
    }

    [Theory]
    [InlineData(0x20UL, 0x8c0UL)]
    [InlineData(0x30UL, 0x8d0UL)]
    public void HeapAt_FirstHeapOfAnArena_BeginsBehindItsState(ulong head, ulong first)
    {
        DrawnMemory memory = new DrawnMemory(Heap, 0x4000).Word(Heap, Heap + head).Word(Heap + 16, 0x3000).Word(Heap + 24, 0x4000);
        Assert.Equal((Heap + first, Heap + 0x3000, Heap + 0x4000), Arenas(memory).HeapAt(memory.Pages(), Heap, memory.End));
    }

    [Fact]
    public void HeapAt_LaterHeapOfAnArena_BeginsBehindItsHead()
    {
        DrawnMemory memory = new DrawnMemory(Heap, 0x3000).Word(Heap, Heap - GlibcArenas.HeapAlignment + 0x30).Word(Heap + 8, Heap - GlibcArenas.HeapAlignment).Word(Heap + 16, 0x3000).Word(Heap + 24, 0x3000);
        Assert.Equal((Heap + 0x30, Heap + 0x3000, Heap + 0x3000), Arenas(memory).HeapAt(memory.Pages(), Heap, memory.End));
    }

    [Fact]
    public void HeapAt_OtherMemory_IsNone()
    {
        DrawnMemory memory = new(Heap, 0x4000);
        Assert.Null(Arenas(memory).HeapAt(memory.Pages(), Heap, memory.End));
        memory.Word(Heap, Heap + 0x1234).Word(Heap + 16, 0x3000).Word(Heap + 24, 0x3000);
        Assert.Null(Arenas(memory).HeapAt(memory.Pages(), Heap, memory.End));
    }

    [Theory]
    [InlineData(0x3000, 0x4000, false)]
    [InlineData(0x4000, 0x4000, true)]
    [InlineData(0x5000, 0x4000, false)]
    [InlineData(0x4000, 0x400_0000, false)]
    [InlineData(0x400_0000, 0x400_0000, true)]
    [InlineData(0x400_1000, 0x400_0000, true)]
    public void HeapAt_MappingThatEndsElsewhere_IsNoArena(int mapping, int stated, bool isArena)
    {
        // Behind what may be written to of an arena lies its reserve, unless all of it is used: then the next mapping may have grown together with it.
        DrawnMemory memory = new DrawnMemory(Heap, 0x1000).Word(Heap, Heap + 0x30).Word(Heap + 16, 0x1000).Word(Heap + 24, (ulong)stated);
        Assert.Equal(isArena, Arenas(memory).HeapAt(memory.Pages(), Heap, Heap + (ulong)mapping) is not null);
    }

    [Fact]
    public void MappedChunkAt_Head_HasItsSize()
    {
        DrawnMemory memory = new DrawnMemory(Heap, 0x4000).Word(Heap + 8, 0x2002).Word(Heap + 0x2008, 0x1001);
        Assert.Equal(Heap + 0x2000, Arenas(memory).MappedChunkAt(memory.Pages(), Heap, memory.End));
        Assert.Null(Arenas(memory).MappedChunkAt(memory.Pages(), Heap + 0x2000, memory.End));
        Assert.Null(Arenas(memory).MappedChunkAt(memory.Pages(), Heap, Heap + 0x1000));
        Assert.Null(Arenas(memory).MappedChunkAt(memory.Pages(0), Heap, memory.End));
    }

    private static GlibcArenas Arenas(DrawnMemory memory) => new(memory, TimeSpan.FromHours(1));
}
