using Limpet.Checks;
using Limpet.Verdicts;

namespace Limpet.Tests.Checks;

/// <summary>The course of the rounds, which no verdict shows.</summary>
public sealed class CheckRoundsTests
{
    /// <summary>The second silence comes after a round of a few operations; what answers a large one late must have its time in it all the same.</summary>
    [Fact]
    public void Repeat_Silence_LastsAsLongAsTheLongestRoundBeforeIt()
    {
        using OperationThread driver = new(() => Thread.CurrentThread.Join(2));
        LeakCheckOptions options = new() { Trace = false };
        CheckRounds rounds = new(driver, options, CheckJudge.OptionsOf(options), options.Budget);
        rounds.Run(_ => []);

        rounds.Repeat(slowest: 1, _ => { });

        Round[] all = [.. rounds.Log.History.Rounds];
        int[] silent = [.. Enumerable.Range(0, all.Length).Where(index => all[index].Kind == RoundKind.Repeat && all[index].Operations == 0)];
        Assert.Equal(2, silent.Length);
        Assert.All(silent, index =>
        {
            Round longest = all[..index].Where(round => round.Kind != RoundKind.Warmup).MaxBy(round => round.Duration)!;

            // A wait counts whole milliseconds.
            Assert.True(all[index].Duration >= 0.8 * longest.Duration, $"{all[index]} after {longest}");
        });
    }

    [Fact]
    public void Run_WithWhatIsLeftOfTheBudget_HasNoMore()
    {
        int calls = 0;
        using OperationThread driver = new(() => calls++);
        LeakCheckOptions options = new() { Trace = false };
        CheckRounds rounds = new(driver, options, CheckJudge.OptionsOf(options), TimeSpan.Zero);

        rounds.Run(_ => []);

        Assert.True(rounds.BudgetUsedUp);
        Assert.Equal(0, calls);
    }
}
