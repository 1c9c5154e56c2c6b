using Limpet.Reporting.Html;

namespace Limpet.Reporting.Tests.Html;

public sealed class ChartAxisTests
{
    [Theory]
    [InlineData(0, 91, "0 | 50 | 100")]
    [InlineData(0, 0, "0 | 1")]
    [InlineData(0, 3, "0 | 1 | 2 | 3")]
    [InlineData(14, 14, "12 | 13 | 14 | 15 | 16")]
    [InlineData(31_250, 31_300, "30,500 | 31,000 | 31,500 | 32,000")]
    [InlineData(0, 1_613_000, "0 | 500,000 | 1,000,000 | 1,500,000 | 2,000,000")]
    public void Upright_Counts_HasRoundTicksAroundThem(double low, double high, string expected) => AssertTicks(expected, ChartAxis.Upright(ChartUnit.Count, low, high, 4), low, high);

    [Theory]
    [InlineData(0, 62_914_560, "0 B | 16.0 MiB | 32.0 MiB | 48.0 MiB | 64.0 MiB")]
    [InlineData(0, 0, "0 B | 256 B | 512 B | 768 B | 1.00 KiB")]
    [InlineData(104_857_600, 104_857_600, "98.0 MiB | 99.0 MiB | 100 MiB | 101 MiB | 102 MiB")]
    public void Upright_Bytes_HasBinaryTicks(double low, double high, string expected) => AssertTicks(expected, ChartAxis.Upright(ChartUnit.Bytes, low, high, 4), low, high);

    [Theory]
    [InlineData(0, 3.5, "0 | 0.5 s | 1 s | 1.5 s | 2 s | 2.5 s | 3 s | 3.5 s")]
    [InlineData(0, 45, "0 | 5 s | 10 s | 15 s | 20 s | 25 s | 30 s | 35 s | 40 s | 45 s")]
    [InlineData(0, 640, "0 | 2 min | 4 min | 6 min | 8 min | 10 min")]
    [InlineData(0, 86_400, "0 | 3 h | 6 h | 9 h | 12 h | 15 h | 18 h | 21 h | 24 h")]
    public void Level_Time_HasTicksOfAClock(double low, double high, string expected)
    {
        ChartAxis axis = ChartAxis.Level(ChartUnit.Seconds, low, high, 10);
        Assert.Equal(expected, string.Join(" | ", axis.Ticks.Select(axis.Show)));
        Assert.Equal((low, high), (axis.Low, axis.High));
    }

    [Fact]
    public void Upright_AnyReadings_LieOnTheAxis()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            double low = Math.Round(Math.Pow(10, random.NextDouble() * 12)), high = low + Math.Round(Math.Pow(10, random.NextDouble() * 12)) - 1;
            foreach (ChartUnit unit in (ChartUnit[])[ChartUnit.Count, ChartUnit.Bytes])
            {
                ChartAxis axis = ChartAxis.Upright(unit, low, high, 4);
                Assert.True(axis.Place(low) >= 0 && axis.Place(high) <= 1 && axis.High > axis.Low, $"{unit} {low} to {high}: {axis}");
                Assert.InRange(axis.Ticks.Length, 2, 8);
            }
        }
    }

    private static void AssertTicks(string expected, ChartAxis axis, double low, double high)
    {
        Assert.Equal(expected, string.Join(" | ", axis.Ticks.Select(axis.Show)));
        Assert.True(axis.Low <= low && axis.High >= high);
    }
}
