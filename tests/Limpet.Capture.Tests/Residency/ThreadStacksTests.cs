using Limpet.Capture.Residency;
using Limpet.Resources;

namespace Limpet.Capture.Tests.Residency;

public sealed class ThreadStacksTests
{
    private static readonly MemoryArea Area = new(0x7f00_0000_0000, 0x7f00_0400_0000, MemoryAreaKind.Stack, 1);

    [Fact]
    public void Of_StackBelowOtherMemory_EndsBehindTheThreadsBlock() =>
        Assert.Equal((Area.Start, 0x7f00_0018_1000UL), Range(0x7f00_0017_0000, 0x7f00_0018_0700));

    [Fact]
    public void Of_BlockElsewhere_IsOfTheUsualSize() => Assert.Equal((Area.Start, 0x7f00_0010_0000UL + (8 * 1024 * 1024)), Range(0x7f00_0010_0000, 0x7fff_0000_0000));

    [Fact]
    public void Of_MainThread_IsTheWholeMapping()
    {
        MemoryArea main = Area with { Name = "[stack]" };
        ClaimedRange claim = Assert.Single(ThreadStacks.Of([(main.Start + 64, 0x1000)], [main], 7));
        Assert.Equal((main.Start, main.End, 7), (claim.Start, claim.End, claim.Rank));
    }

    [Fact]
    public void Of_PointerIntoNothing_IsNone() => Assert.Empty(ThreadStacks.Of([(0x1000, 0x1000)], [Area], 0));

    private static (ulong, ulong) Range(ulong pointer, ulong block)
    {
        ClaimedRange claim = Assert.Single(ThreadStacks.Of([(pointer, block)], [Area], 0));
        return (claim.Start, claim.End);
    }
}
