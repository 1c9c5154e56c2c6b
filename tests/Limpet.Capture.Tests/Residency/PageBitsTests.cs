using Limpet.Capture.Residency;

namespace Limpet.Capture.Tests.Residency;

public sealed class PageBitsTests
{
    private const ulong Start = 0x7f00_0000_0000;

    [Fact]
    public void Count_AnyStretch_IsWhatBytesOnePageAfterTheOtherGive()
    {
        Random random = new(7);
        ulong[] bits = [.. Enumerable.Range(0, 5).Select(_ => (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 1))];
        ulong end = Start + (300 * PageBits.PageSize);
        PageBits pages = new(Start, end, bits);
        for (int run = 0; run < 500; run++)
        {
            ulong from = Start - 5000 + (ulong)random.Next(310 * PageBits.PageSize);
            ulong to = from + (ulong)random.Next(run % 2 == 0 ? 9000 : 1_300_000);
            long expected = 0;
            for (ulong page = Start; page < end; page += PageBits.PageSize)
            {
                ulong first = Math.Max(page, from);
                ulong last = Math.Min(page + PageBits.PageSize, to);
                int number = (int)((page - Start) / PageBits.PageSize);
                expected += last > first && ((bits[number / 64] >> (number % 64)) & 1) != 0 ? (long)(last - first) : 0;
            }

            Assert.Equal(expected, pages.Count(from, to));
        }
    }

    [Fact]
    public void Evenly_KnowsNoPage_TakesTheShare()
    {
        PageBits pages = PageBits.Evenly(Start, Start + 0x100000, 0x40000);
        Assert.False(pages.IsExact);
        Assert.Equal(0x4000, pages.Count(Start + 0x10000, Start + 0x20000));
        Assert.Equal(0, pages.Count(Start - 0x1000, Start));
    }
}
