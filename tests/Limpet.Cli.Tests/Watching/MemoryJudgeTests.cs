using Limpet.Cli.Watching.Judging;

namespace Limpet.Cli.Tests.Watching;

/// <summary>Courses of memory over phases, in MiB, and which phases are named.</summary>
public sealed class MemoryJudgeTests
{
    [Fact]
    public void Judge_EachPhaseKeepsItsRows_NamesAll() =>
        Assert.Equal([0, 1, 2, 3, 4, 5], Named("python3", [30, 50, 70, 90, 110, 130, 150]));

    [Fact]
    public void Judge_SomePhasesKeepRows_NamesThose() =>
        Assert.Equal([2, 5, 7], Named("python3", [30, 30.2, 30.3, 55, 55, 55.2, 80, 80, 105, 105]));

    [Fact]
    public void Judge_TwoPhasesKeepMuch_NamesThose() =>
        Assert.Equal([3, 5], Named("python3", [30, 30, 30, 30, 60, 60, 90, 90]));

    [Fact]
    public void Judge_NodeKeepsMuchAgainAndAgain_NamesThose() =>
        Assert.Equal([2, 4, 6], Named("node", [50, 50, 50, 80, 80, 110, 110, 140, 140]));

    [Fact]
    public void Judge_SlowGrowthOverAllPhases_IsFoundWithoutNames()
    {
        double[] levels = [.. Enumerable.Range(0, 30).Select(i => 30 + (0.6 * i))];
        MemoryClaim claim = Judge("python3", levels, null);

        Assert.True(claim.Even);
        Assert.Empty(claim.Leaking);
        Assert.InRange(claim.PerPhase, 500_000, 700_000);
    }

    [Fact]
    public void Judge_OneCacheIsFilled_IsSilent() => Assert.Null(Judge("python3", [30, 30, 30, 80, 80, 80, 80, 80], null).Reason);

    [Fact]
    public void Judge_CacheWarmsOverTheFirstPhases_IsSilent() => Assert.Null(Judge("python3", [30, 36, 42, 47, 47, 47, 47, 47, 47, 47], null).Reason);

    [Fact]
    public void Judge_AllocatorKeepsWhatWasFreed_IsSilent() =>
        Assert.Null(Judge("server", [30, 30, 60, 60, 60, 90, 90, 90], [5, 5, 34, 34, 34, 64, 64, 64]).Reason);

    [Fact]
    public void Judge_MemoryIsGivenBackLater_IsSilent() => Assert.Null(Judge("python3", [30, 50, 70, 90, 110, 30, 30, 30], null).Reason);

    [Fact]
    public void Judge_GarbageIsCollectedAtTimes_IsSilent() => Assert.Null(Judge("node", [50, 60, 70, 80, 55, 66, 77, 88, 56, 67, 78, 89, 57, 66, 70], null).Reason);

    [Fact]
    public void Judge_GarbageBeforeTheFirstCollection_IsSilent() => Assert.Null(Judge("node", [50, 54, 60, 64, 68, 72, 76], null).Reason);

    [Fact]
    public void Judge_ReadingsAreMissing_IsSilent() => Assert.Null(Judge("python3", [double.NaN, 30, double.NaN, 30, 31, double.NaN], null).Reason);

    private static int[] Named(string name, double[] levels) => [.. Judge(name, levels, null).Leaking];

    private static MemoryClaim Judge(string name, double[] levels, double[]? arenas)
    {
        const double Mebibyte = 1024 * 1024;
        return MemoryJudge.Judge(
            name,
            [.. levels.Select(level => level * Mebibyte)],
            [.. (arenas ?? [.. levels.Select(_ => 5.0)]).Select(level => level * Mebibyte)],
            [.. levels.Select((_, i) => i * 0.2)]);
    }
}
