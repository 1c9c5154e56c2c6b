using System.Text;
using Limpet.Resources.Linux;

namespace Limpet.Tests.Resources.Linux;

public sealed class ProcStatTests
{
    private const string Behind = " S 17 4242 4242 0 -1 4194560 1203 0 0 0 25 7 0 0 20 0 9 0 123456 270000000 5120 18446744073709551615 1 1 0 0 0 0 0 4096 17663 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 256\n";

    [Theory]
    [InlineData("shop")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData(") S 1 (")]
    [InlineData("(((")]
    [InlineData(")))))))))))))))")]
    [InlineData("line\nbreak")]
    [InlineData("naïve ☃")]
    public void TryParse_AnyName_TellsTheFieldsBehindIt(string name)
    {
        Assert.True(ProcStat.TryParse(Encoding.UTF8.GetBytes($"4242 ({name}){Behind}"), withName: true, out ProcStat stat));
        Assert.Equal((17, 'S', 9, 123456L, 5120L, 32L, name), (stat.ParentPid, stat.State, stat.Threads, stat.StartTime, stat.RssPages, stat.CpuTicks, stat.Name));
        Assert.Equal(256, stat.WaitStatus);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4242")]
    [InlineData("4242 (shop")]
    [InlineData("4242 (shop)")]
    [InlineData("4242 (shop) S")]
    [InlineData("4242 (shop) S 17 4242")]
    public void TryParse_CutShort_IsNone(string text) => Assert.False(ProcStat.TryParse(Encoding.UTF8.GetBytes(text), withName: true, out _));

    [Fact]
    public void TryRead_OwnProcess_IsItself()
    {
        Assert.Equal(ReadStatus.Ok, ProcStat.TryRead(Environment.ProcessId, withName: true, out ProcStat stat));
        Assert.NotEmpty(stat.Name);
        Assert.InRange(stat.Threads, 2, 10_000);
        Assert.InRange(stat.StartTime, 1, long.MaxValue);
    }
}
