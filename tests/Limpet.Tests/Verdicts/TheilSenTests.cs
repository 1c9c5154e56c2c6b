using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class TheilSenTests
{
    [Fact]
    public void Line_WithOneWildReading_KeepsItsSlope()
    {
        TheilSen fit = TheilSen.Fit([0, 1, 2, 3, 4, 5, 6, 7], [0, 3, 6, 900, 12, 15, 18, 21]);

        Assert.Equal(3, fit.Slope);
        Assert.InRange(3, fit.Low, fit.High);
    }

    [Fact]
    public void Interval_OfAnExactLine_IsThatSlope()
    {
        TheilSen fit = TheilSen.Fit([1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 10, 12]);

        Assert.Equal(new TheilSen(2, 2, 2), fit);
    }

    [Fact]
    public void Points_OfOneAbscissa_HaveNoSlope() => Assert.True(double.IsNaN(TheilSen.Fit([1, 1, 1], [1, 2, 3]).Slope));

    [Fact]
    public void Points_TooFewForAnInterval_HaveAnOpenOne()
    {
        TheilSen fit = TheilSen.Fit([0, 1], [0, 5]);

        Assert.Equal(5, fit.Slope);
        Assert.Equal(double.NegativeInfinity, fit.Low);
        Assert.Equal(double.PositiveInfinity, fit.High);
    }

    [Fact]
    public void Lengths_ThatDiffer_AreABugInTheCaller() => Assert.Throws<ArgumentException>(() => TheilSen.Fit([1], []));
}
