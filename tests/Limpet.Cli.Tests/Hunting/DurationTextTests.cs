using Limpet.Cli.Hunting;

namespace Limpet.Cli.Tests.Hunting;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("45s", 45_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("0.25s", 250)]
    public void TryParse_Duration_IsRead(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("45")]
    [InlineData("45 s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("0s")]
    [InlineData("1e3s")]
    [InlineData("1,5h")]
    [InlineData("45S")]
    [InlineData("3d")]
    [InlineData("NaNs")]
    [InlineData("99999999999999999999h")]
    [InlineData("169h")]
    public void TryParse_NoDuration_IsRefused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void TryParse_Zero_IsReadWhereItSaysSomething()
    {
        Assert.True(DurationText.TryParse("0ms", out TimeSpan duration, orZero: true));
        Assert.Equal(TimeSpan.Zero, duration);
        Assert.False(DurationText.TryParse("-0.1s", out _, orZero: true));
    }

    [Theory]
    [InlineData("0ms")]
    [InlineData("500ms")]
    [InlineData("45s")]
    [InlineData("2m")]
    [InlineData("1.5h")]
    [InlineData("1m")]
    [InlineData("61s")]
    public void Format_Duration_IsTheShortestForm(string text)
    {
        DurationText.TryParse(text, out TimeSpan duration, orZero: true);
        Assert.Equal(text, DurationText.Format(duration));
    }
}
