using Limpet.Retention;
using Limpet.Tests.Measuring;

namespace Limpet.Tests.Retention;

/// <summary>What <c>docs/features/retention.md</c> shows.</summary>
public sealed class RetentionExamples
{
    private static object? escaped;

    [Fact]
    public void Page_HasTheseExamples() => Page.Read("retention.md", "Retention/RetentionExamples.cs").HasTheCodeOfTheExamples();

    [Fact]
    public void Timeline_OfResponses_SaysWhatThePageShows()
    {
        HandClock clock = new();
        RetentionTimeline timeline = RetentionTimeline.Observe(() => new Response(), count: 10, new RetentionOptions { Time = clock });

        // A part of the runtime may have collected meanwhile, or more than once: then it says so, and is right.
        Assert.Equal(RetentionOutcome.ClearedByAllocation, timeline.Outcome);
        if (timeline.ClearedBy is [{ Generation: 0 }] && timeline.Readings.Count(reading => reading.Collection is not null) == 1)
        {
            Page.Read("retention.md", "Retention/RetentionExamples.cs").HasTheOutput(timeline.ToString());
        }
    }

    [Fact]
    public async Task Timeline_OfAsyncCode_CompilesAsOnThePage()
    {
        HandClock clock = new();
        RetentionTimeline timeline = await RetentionTimeline.ObserveAsync(
            async () => await ServeAsync(),
            count: 10,
            new RetentionOptions { Ladder = [TimeSpan.FromSeconds(30)], Time = clock },
            TestContext.Current.CancellationToken);

        Assert.NotEqual(RetentionOutcome.StillAlive, timeline.Outcome);
    }

    [Fact]
    public void Facts_OfThisMachine_AreMeasured()
    {
        GcFacts facts = GcFacts.Measure();
        OperationCost cost = OperationCost.Measure(Handle, operations: 1000);
        string said = $"generation 0 is collected every {facts.Generation0Budget}; an operation allocates {cost.BytesPerOperation:0} bytes: {cost.CollectionsPerThousand} collections in 1000 operations, {cost.Pause.TotalMilliseconds:0.00} ms of pauses";

        Assert.Matches("^generation 0 is collected every .* an operation allocates [0-9]+ bytes: ", said);
    }

    private static void Handle() => Volatile.Write(ref escaped, new byte[6000]);

    private static async Task<object> ServeAsync()
    {
        await Task.Yield();
        return new Response();
    }

    private sealed class Response;
}
