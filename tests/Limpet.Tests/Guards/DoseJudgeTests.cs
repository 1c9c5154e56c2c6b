using Limpet.Guards;

namespace Limpet.Tests.Guards;

/// <summary>What a test leaves when it runs alone: what is a leak, and what only looks like one.</summary>
public sealed class DoseJudgeTests
{
    [Fact]
    public void Counts_ThatGrowWithEachRun_AreConfirmed() => Judge(run => run, LeftStatus.Confirmed, 6, 12);

    [Fact]
    public void Counts_ThatGrowWithEveryThirdRun_AreConfirmed() => Judge(run => run / 3, LeftStatus.Confirmed, 2, 4);

    [Fact]
    public void Counts_ThatStay_AreFirstUse() => Judge(_ => 7, LeftStatus.FirstUseOnly, 0, 0);

    [Fact]
    public void Counts_OfAPoolThatFillsWhileWarming_AreFirstUse() => Judge(run => Math.Min(run, 3), LeftStatus.FirstUseOnly, 0, 0);

    [Fact]
    public void Counts_OfAPoolThatFillsInTheFirstStretch_AreFirstUse() => Judge(run => Math.Min(run, 8), LeftStatus.FirstUseOnly, 4, 0);

    [Fact]
    public void Counts_OfAPoolThatFillsInTheSecondStretch_AreNotConfirmed()
    {
        string? note = Judge(run => Math.Min(run, 13), LeftStatus.NotConfirmed, 6, 3);
        Assert.Equal("6 runs left 6 more, 12 runs 3: not twice as much", note);
    }

    [Fact]
    public void Counts_ThatStepOnce_AreNotConfirmed() => Judge(run => run > 14 ? 1 : 0, LeftStatus.NotConfirmed, 0, 1);

    [Fact]
    public void Counts_ThatStepInBothStretches_AreNotConfirmed() => Judge(run => run > 13 ? 6 : run > 7 ? 2 : 0, LeftStatus.NotConfirmed, 2, 4);

    [Fact]
    public void Counts_ThatFall_AreFirstUse() => Judge(run => 40 - run, LeftStatus.FirstUseOnly, -6, -12);

    [Fact]
    public void Bytes_ThatGrowByLessThanCounts_AreFirstUse() => Judge(run => run * 5000, LeftStatus.FirstUseOnly, 30000, 60000, smallest: 16384);

    [Fact]
    public void Bytes_ThatGrowWithEachRun_AreConfirmed() => Judge(run => run * 20000, LeftStatus.Confirmed, 120000, 240000, smallest: 16384);

    [Fact]
    public void Bytes_ThatGrowInOneJump_AreNotConfirmed() => Judge(run => run > 14 ? 5_000_000 : 0, LeftStatus.NotConfirmed, 0, 5_000_000, smallest: 16384);

    private static string? Judge(Func<int, long> countAfter, LeftStatus expected, long growth, long doubled, long smallest = 1)
    {
        var (status, dose, note) = DoseJudge.Judge([.. Enumerable.Range(1, DoseJudge.AllRuns).Select(countAfter)], smallest);
        Assert.Equal((expected, new DoseOfRuns(4, 6, growth, 12, doubled)), (status, dose));
        return note;
    }
}
