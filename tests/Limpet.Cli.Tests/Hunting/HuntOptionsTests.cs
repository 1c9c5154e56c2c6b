using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Drivers;

namespace Limpet.Cli.Tests.Hunting;

public sealed class HuntOptionsTests
{
    private static readonly HuntOptions s_options = new() { Driver = new DriverOptions.Idle(TimeSpan.FromSeconds(2)) };

    /// <summary>A leak that the baseline knows decides nothing about the rest.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void ToPlan_WithABaseline_GoesOnBehindALeak(bool hasBaseline, bool stops) =>
        Assert.Equal(stops, (s_options with { HasBaseline = hasBaseline }).ToPlan().StopsAtLeak);
}
