using Limpet.Resources;

namespace Limpet.Tests.Resources;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("worker 5", "worker *")]
    [InlineData("worker", "worker")]
    [InlineData("", "")]
    [InlineData("poll-2024-06-01.log", "poll-*.log")]
    [InlineData("audit-0001.txt", "audit-*.txt")]
    [InlineData("order-3f2504e0-4f89-11d3-9a0c-0305e82c3301.tmp", "order-*.tmp")]
    [InlineData("blob 00ff00ff11", "blob *")]
    [InlineData("cafe", "cafe")]
    [InlineData("feedface-list", "feedface-list")]
    [InlineData("deadline", "deadline")]
    [InlineData("net10.0", "net*")]
    [InlineData("/proc/4711/stat", "/proc/*/stat")]
    public void Of_Name_LeavesWhatIsNotNumbered(string name, string pattern) => Assert.Equal(pattern, NamePattern.Of(name));
}
