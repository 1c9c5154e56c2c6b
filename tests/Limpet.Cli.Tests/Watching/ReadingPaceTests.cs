using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Tests.Watching;

public sealed class ReadingPaceTests
{
    [Fact]
    public void IsFresh_ShortlyBehindABound_UntilEightReadingsWouldHavePassed()
    {
        ReadingPace pace = Of(4, 4, 9, 4);

        Assert.Equal((true, false), (pace.IsFresh(At(3 + 31)), pace.IsFresh(At(3 + 33))));
        Assert.False(pace.IsTooSoon(At(4)));
    }

    [Fact]
    public void IsFresh_ReadBeforeTheTearDown_DoesNotStandForTheBoundBehindIt()
    {
        ReadingPace pace = Of(4, 4, 4, 4);
        pace.Note(At(200), At(4), atBound: false);

        Assert.False(pace.IsFresh(At(201)));
    }

    [Fact]
    public void IsFresh_CostNotKnown_IsReadAgain()
    {
        Assert.False(new ReadingPace().IsFresh(TimeSpan.Zero));
        Assert.False(Of(4, 4, 4).IsFresh(At(3)));
    }

    [Fact]
    public void IsTooSoon_DearReadings_RestTwentyTimesAsLong()
    {
        ReadingPace pace = Of(12, 12, 12, 12);

        Assert.Equal((true, false), (pace.IsTooSoon(At(3 + 239)), pace.IsTooSoon(At(3 + 241))));
        Assert.False(pace.IsFresh(At(4))); // it may not be left out and taken for another at once
    }

    [Fact]
    public void IsTooSoon_OneOfFourWasCheap_OthersWereInterrupted()
    {
        Assert.False(Of(80, 80, 3, 80).IsTooSoon(At(4)));
    }

    private static ReadingPace Of(params double[] costs)
    {
        ReadingPace pace = new();
        for (int i = 0; i < costs.Length; i++)
        {
            pace.Note(At(i), At(costs[i]), atBound: true);
        }

        return pace;
    }

    private static TimeSpan At(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
