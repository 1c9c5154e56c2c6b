using Limpet.Cli.Watching.Options;

namespace Limpet.Cli.Tests.Watching;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1GB", 1_000_000_000)]
    [InlineData("20MiB", 20 * 1024 * 1024)]
    [InlineData("1.5 GiB", 1_610_612_736)]
    [InlineData("64K", 65_536)]
    [InlineData("4096", 4096)]
    [InlineData("12b", 12)]
    public void TryParse_Size_IsBytes(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, out long read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1MB")]
    [InlineData("1e3MB")]
    [InlineData("MB")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("99999999999TB")]
    public void TryParse_NoSize_IsRefused(string text) => Assert.False(SizeText.TryParse(text, out _));
}
