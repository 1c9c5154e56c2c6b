using System.Collections.Immutable;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Tests.Watching;

public sealed class ThinnedSeriesTests
{
    [Fact]
    public void Add_ManyReadings_KeepsExtremesInBoundedMemory()
    {
        ThinnedSeries series = new();
        for (int i = 0; i < 864_000; i++)
        {
            series.Add(TimeSpan.FromMilliseconds(100 * i), i == 431_007 ? 5000 : i == 700_001 ? -7 : 100);
        }

        ImmutableArray<SeriesPoint> points = series.Points;
        Assert.InRange(points.Length, ThinnedSeries.Capacity / 2, ThinnedSeries.Capacity);
        Assert.Equal(5000, points.Max(point => point.Max));
        Assert.Equal(-7, points.Min(point => point.Min));
        Assert.Equal(100, points[^1].Last);
        Assert.Equal(points.OrderBy(point => point.AtSeconds), points);
        Assert.InRange(points.First(point => point.Max == 5000).AtSeconds, 43_100 - 400, 43_101);
    }

    [Fact]
    public void Add_FewReadings_KeepsThemAll()
    {
        ThinnedSeries series = new();
        series.Add(TimeSpan.Zero, 3);
        series.Add(TimeSpan.FromSeconds(1), 4);

        Assert.Equal([new SeriesPoint(0, 3, 3, 3), new SeriesPoint(1, 4, 4, 4)], series.Points);
    }

    [Fact]
    public void Thinned_MoreThanAskedFor_JoinsNeighboursAndKeepsExtremes()
    {
        ThinnedSeries series = new();
        for (int i = 0; i < 401; i++)
        {
            series.Add(TimeSpan.FromSeconds(i), i == 200 ? 9000 : i);
        }

        ImmutableArray<SeriesPoint> points = series.Thinned(160);
        Assert.Equal(134, points.Length);
        Assert.Equal(new SeriesPoint(0, 0, 2, 2), points[0]);
        Assert.Equal(9000, points.Max(point => point.Max));
        Assert.Equal(400, points[^1].Last);
        Assert.Equal(series.Points, series.Thinned(401));
    }
}
