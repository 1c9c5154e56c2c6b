using System.Runtime.CompilerServices;
using Limpet.Checks;
using Limpet.Results;
using Limpet.Tracking;

namespace Limpet.Tests.Tracking;

public sealed class LeakDetectorTests
{
    private static readonly CollectionOptions Alone = new() { Trace = false, Patience = TimeSpan.Zero };

    [Fact]
    public void Count_TrackedObjects_AreBornAndDie()
    {
        using LeakDetector<Order> detector = new();
        detector.Start();
        List<Order> kept = TrackMany(detector, 100, keep: 30);

        InstanceCounts counts = detector.Count();

        Assert.Equal(new InstanceCounts(100, 70, 30), counts);
        Assert.Equal(30, detector.LeakedCount());
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Count_DetectorAlone_KeepsNothingAlive()
    {
        using LeakDetector<Order> detector = new();
        TrackMany(detector, 1000, keep: 0);

        Assert.Equal(new InstanceCounts(1000, 1000, 0), detector.Count());
    }

    [Fact]
    public void LeakedCount_MoreDiedThanWereBorn_IsNegative()
    {
        using LeakDetector<Order> detector = new();
        List<Order> kept = TrackMany(detector, 10, keep: 10);
        detector.Start();
        Release(kept);
        TrackMany(detector, 2, keep: 0);

        Assert.Equal(-10, detector.LeakedCount());
    }

    [Fact]
    public void Find_ObjectsFromBeforeTheStart_DoNotCount()
    {
        using LeakDetector<Order> detector = new();
        List<Order> kept = TrackMany(detector, 10, keep: 10);
        detector.Start();
        TrackMany(detector, 5, keep: 0);

        CheckResult result = detector.Find(Alone);

        Assert.Equal(Verdict.Clean, result.Verdict);
        Assert.Equal("All 5 tracked objects were collected.", result.Reason);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Find_ObjectsThatStay_AreALeak()
    {
        using LeakDetector<Order> detector = new();
        List<Order> before = TrackMany(detector, 10, keep: 10);
        detector.Start();
        List<Order> kept = TrackMany(detector, 5, keep: 3);
        Release(before);

        CheckResult result = detector.Find(Alone);

        Assert.Equal(Verdict.Leak, result.Verdict);
        Assert.Equal(3, Assert.Single(result.Findings).Retained!.Count);
        Assert.Throws<LeakException>(() => detector.Verify(Alone));
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Find_NothingTracked_WasNotRun()
    {
        using LeakDetector<Order> detector = new();

        Assert.Equal(Verdict.NotRun, detector.Find(Alone).Verdict);
    }

    [Fact]
    public void Track_WhatIsNeverCollected_IsRefused()
    {
        using LeakDetector<object> detector = new();

        Assert.Throws<NotCollectableException>(() => detector.Track(null!));
        Assert.Throws<NotCollectableException>(() => detector.Track(5));
        Assert.Throws<NotCollectableException>(() => detector.Track("a literal"));
        Assert.Throws<NotCollectableException>(() => detector.Track(typeof(Order)));
        Assert.Throws<NotCollectableException>(() => detector.Track(string.Intern(new string('y', 20) + Environment.ProcessId)));
        Assert.Equal(0, detector.Count().Born);
    }

    [Fact]
    public void Track_ManyThreads_CountsAll()
    {
        using LeakDetector<Order> detector = new();

        Parallel.For(0, 8, _ => TrackMany(detector, 1000, keep: 0));

        Assert.Equal(8000, detector.Count().Born);
    }

    [Fact]
    public void Track_ManyThatDie_TakesTheRoomOfTheLiveOnes()
    {
        using LeakDetector<Order> detector = new();
        TrackMany(detector, 1000, keep: 0);
        detector.Count();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int round = 0; round < 50; round++)
        {
            TrackMany(detector, 1000, keep: 0);
            detector.Count();
        }

        // A detector that kept a place for each would have grown by 50,000 of at least 8 bytes.
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 200_000);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<Order> TrackMany(LeakDetector<Order> detector, int count, int keep)
    {
        List<Order> kept = [];
        for (int made = 0; made < count; made++)
        {
            Order order = detector.Track(new Order());
            if (made < keep)
            {
                kept.Add(order);
            }
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Release(List<Order> orders) => orders.Clear();

    private sealed class Order;
}
