using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Limpet.Results;
using Limpet.Retention;

namespace Limpet.Tests.Retention;

public sealed class RetentionTimelineTests
{
    private static readonly List<object> Kept = [];
    private readonly HandClock clock = new();

    [Fact]
    public void Observe_TimeAlone_ClearsNothingAndAllocationDoes()
    {
        RetentionTimeline timeline = RetentionTimeline.Observe(() => new object(), 10, Options());

        // The default ladder, and no collection on it.
        Assert.Equal(
            [0, 0.1, 0.5, 1, 2, 5, 10],
            timeline.Readings.Where(reading => reading.Phase is RetentionPhase.Immediate or RetentionPhase.Idle).Select(reading => reading.Elapsed.TotalSeconds));
        Assert.All(timeline.Readings.Where(reading => reading.Phase == RetentionPhase.Idle), reading => Assert.Equal(10, reading.Alive));
        Assert.Equal(RetentionOutcome.ClearedByAllocation, timeline.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(10), timeline.Cleared!.Value.FirstSeenCleared);
        Assert.Null(timeline.Forced);
        Assert.NotEmpty(timeline.ClearedBy);
        Assert.All(timeline.ClearedBy, fact => Assert.True(fact.Reason is CollectionReason.AllocationOfSmallObjects or CollectionReason.NoSpaceForSmallObjects, $"{fact}"));
    }

    [Fact]
    public void Observe_WhatIsHeld_StaysThroughEverything()
    {
        RetentionTimeline timeline = RetentionTimeline.Observe(Held, 5, Options());
        Kept.Clear();

        Assert.Equal(RetentionOutcome.StillAlive, timeline.Outcome);
        Assert.Null(timeline.Cleared);
        Assert.Empty(timeline.ClearedBy);
        Assert.Equal(5, timeline.Forced!.Alive);
        Assert.Equal([5], timeline.Readings.Select(reading => reading.Alive).Distinct());
        Assert.Equal(3, timeline.Readings.Count(reading => reading.Phase == RetentionPhase.Pressure));
        Assert.EndsWith("5 of 5 are alive after everything was collected: something holds them", timeline.ToString(), StringComparison.Ordinal);

        static object Held()
        {
            object made = new();
            Kept.Add(made);
            return made;
        }
    }

    [Fact]
    public void Observe_WithoutAllocation_OnlyForceClears()
    {
        RetentionTimeline timeline = RetentionTimeline.Observe(() => new object(), 10, Options() with { NaturalCollections = 0 });

        Assert.Equal(RetentionOutcome.ClearedByForce, timeline.Outcome);
        Assert.Equal(new RetentionInterval(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)), timeline.Cleared);
        Assert.Equal(0, timeline.Forced!.Alive);
        Assert.All(timeline.Natural, reading => Assert.Equal(10, reading.Alive));
        Assert.Contains(CollectionReason.InducedCompacting, timeline.ClearedBy.Select(fact => fact.Reason!.Value));
        Assert.All(timeline.ClearedBy, fact => Assert.Equal(GC.MaxGeneration, fact.Generation));
    }

    [Fact]
    public void Observe_CollectedWhileIdle_SaysBetweenWhichLooksAndByWhat()
    {
        clock.Meanwhile = now =>
        {
            if (now == TimeSpan.FromSeconds(2))
            {
                GC.Collect();
            }
        };
        RetentionTimeline timeline = RetentionTimeline.Observe(() => new object(), 10, Options());

        Assert.Equal(RetentionOutcome.ClearedWhileIdle, timeline.Outcome);
        Assert.Equal(new RetentionInterval(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), timeline.Cleared);
        Assert.Equal(TimeSpan.FromSeconds(2), timeline.Readings[^1].Elapsed);
        Assert.Contains(CollectionReason.Induced, timeline.ClearedBy.Select(fact => fact.Reason!.Value));
    }

    [Fact]
    public void Observe_HeldUntilADueTime_IsClearedOnlyBehindIt()
    {
        clock.Meanwhile = now =>
        {
            if (now == TimeSpan.FromSeconds(5))
            {
                Kept.Clear();
            }

            GC.Collect();
        };
        RetentionTimeline timeline = RetentionTimeline.Observe(Held, 10, Options());

        Assert.Equal(new RetentionInterval(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)), timeline.Cleared);

        static object Held()
        {
            object made = new();
            Kept.Add(made);
            return made;
        }
    }

    [Fact]
    public async Task Watch_NothingAlive_HasNoTimeOfClearing()
    {
        RetentionTimeline timeline = await RetentionTimeline.WatchAsync([new WeakReference(null)], Options(), TestContext.Current.CancellationToken);

        Assert.Equal(RetentionOutcome.NothingToClear, timeline.Outcome);
        Assert.Null(timeline.Cleared);
        Assert.Single(timeline.Readings);
        Assert.Empty(clock.Waits);
        Assert.EndsWith("none was alive at the first reading: nothing can be said of when they went", timeline.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObserveAsync_ObjectsOfAsyncCode_AreLetGo()
    {
        RetentionTimeline timeline = await RetentionTimeline.ObserveAsync(
            async () =>
            {
                object made = new byte[100];
                await Task.Yield();
                return made;
            },
            20,
            Options() with { Ladder = [] },
            TestContext.Current.CancellationToken);

        Assert.Equal(20, timeline.Objects);
        Assert.NotEqual(RetentionOutcome.StillAlive, timeline.Outcome);
    }

    [Fact]
    public void Observe_ABlockedFinalizer_IsNotCalledAHolder()
    {
        using ManualResetEventSlim mayGoOn = new();
        try
        {
            Block(mayGoOn);
            RetentionTimeline timeline = RetentionTimeline.Observe(
                () => BehindFinalizer(), 3, Options() with { Ladder = [], NaturalCollections = 0, FinalizerDeadline = TimeSpan.FromMilliseconds(100) });

            Assert.Equal(RetentionOutcome.StillAlive, timeline.Outcome);
            Assert.False(timeline.FinalizersFinished);
            Assert.EndsWith("but finalizers did not finish: they may only wait for one that is blocked", timeline.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            mayGoOn.Set();
        }
    }

    [Fact]
    public void Observe_FactoryThatThrowsOrGivesNothing_IsPassedOn()
    {
        InvalidDataException thrown = new("the factory's own");

        Assert.Same(thrown, Record.Exception(() => (object)RetentionTimeline.Observe(() => throw thrown, 1, Options())));
        Assert.Contains("The factory returned null", Assert.Throws<ArgumentException>(() => RetentionTimeline.Observe(() => null!, 1, Options())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => RetentionTimeline.Observe(() => new object(), 0, Options()));
    }

    [Fact]
    public void Options_LadderThatFalls_IsRefused() => Assert.Equal(
        "The times of the wait ladder must rise from above 0, and 1 s comes after 2 s. (Parameter 'Ladder')",
        Assert.Throws<ArgumentException>(() => RetentionTimeline.Observe(
            () => new object(), 1, Options() with { Ladder = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)] })).Message);

    [Fact]
    public async Task Watch_Cancelled_Ends()
    {
        using CancellationTokenSource cancel = new();
        object held = new();
        clock.Meanwhile = _ => cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RetentionTimeline.WatchAsync([new WeakReference(held)], Options(), cancel.Token));
        GC.KeepAlive(held);
    }

    [Fact]
    public void ToString_OfATimeline_IsATableAndItsMeaning()
    {
        RetentionTimeline timeline = new()
        {
            Objects = 10,
            Readings =
            [
                new RetentionReading(TimeSpan.Zero, RetentionPhase.Immediate, 10, [0, 0, 0], new ByteSize(312), null),
                new RetentionReading(TimeSpan.FromSeconds(0.1), RetentionPhase.Idle, 10, [0, 0, 0], new ByteSize(4096), null),
                new RetentionReading(
                    TimeSpan.FromSeconds(0.112), RetentionPhase.Pressure, 0, [1, 0, 0], new ByteSize(16 << 20), new CollectionFact(7, 0, CollectionReason.AllocationOfSmallObjects)),
            ],
            Outcome = RetentionOutcome.ClearedByAllocation,
            Cleared = new RetentionInterval(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.112)),
            ClearedBy = [new CollectionFact(7, 0, CollectionReason.AllocationOfSmallObjects)],
            FinalizersFinished = true,
        };

        Assert.Equal(
            """
                  time  before it     alive  gen0/1/2     allocated   last collection
               0.000 s  immediate        10  0/0/0        312 B       none
               0.100 s  idle             10  0/0/0        4.00 KiB    none
               0.112 s  allocation        0  1/0/0        16.0 MiB    #7 of generation 0 (small objects were allocated)
            cleared in (0.100 s, 0.112 s], when memory was allocated, by collection #7 of generation 0 (small objects were allocated): allocation cleared them, not time
            """,
            timeline.ToString());
    }

    private RetentionOptions Options() => new() { Time = clock };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object BehindFinalizer()
    {
        object held = new();
        _ = new Waiting(held);
        return held;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Block(ManualResetEventSlim mayGoOn)
    {
        using ManualResetEventSlim entered = new();
        MakeBlocking(entered, mayGoOn);
        GC.Collect();
        entered.Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeBlocking(ManualResetEventSlim entered, ManualResetEventSlim mayGoOn) => _ = new Blocking(entered, mayGoOn);

    private sealed class Waiting(object held)
    {
        ~Waiting() => GC.KeepAlive(held);
    }

    private sealed class Blocking(ManualResetEventSlim entered, ManualResetEventSlim mayGoOn)
    {
        ~Blocking()
        {
            entered.Set();
            mayGoOn.Wait();
        }
    }
}
