using System.Runtime.CompilerServices;
using Limpet.Checks;
using Limpet.Results;
using Limpet.Tracking;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>Tracked objects, and what the tool, as a child of the test, says of them.</summary>
public sealed class TrackedTraceTests
{
    private static readonly Dictionary<int, Parcel> s_shelf = [];
    private static readonly List<Pair> s_pairs = [];

    [Fact]
    public void Find_TrackedObjectsThatStay_SaysWhatHoldsThem()
    {
        using LeakDetector<Parcel> detector = new();
        detector.Start();
        Deliver(detector, 20, kept: 7);

        CheckResult result = detector.Find();

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal(7, finding.Retained!.Count);
        Assert.Equal("Limpet.EndToEnd.Tests.Library.TrackedTraceTests.s_shelf", finding.Holder!.Root.Name);
        s_shelf.Clear();
    }

    [Fact]
    public void Count_AllOfAType_NeedsNoTracking()
    {
        Crate[] crates = [new Crate(), new Crate(), new LargeCrate()];

        HeapInstances instances = HeapInstances.Count<Crate>();

        Assert.Equal(3, instances.Live);
        Assert.Equal(72, instances.Bytes.Bytes);
        GC.KeepAlive(crates);
    }

    [Fact]
    public void Count_NamesThatHaveArgumentsKeywordsOrRanks_AreFound()
    {
        object[] kept = [new Shelf<Crate>.Row<string>(), new Dictionary<Crate, long>(), new Crate[2][,]];

        Assert.Equal(1, HeapInstances.Count<Shelf<Crate>.Row<string>>().Live);
        Assert.Equal(1, HeapInstances.Count<Dictionary<Crate, long>>().Live);
        Assert.Equal(1, HeapInstances.Count<Crate[][,]>().Live);
        Assert.InRange(HeapInstances.Count<string>().Live, 1000, long.MaxValue);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Count_OfAnInterface_IsRefused()
    {
        LimpetException refusal = Assert.Throws<LimpetException>(() => HeapInstances.Count<IDisposable>());

        Assert.Equal("System.IDisposable is an interface, and a census counts the objects of a class and its subclasses. Count the classes that implement it.", refusal.Message);
    }

    [Fact]
    public void FindCycles_PairsThatHoldEachOther_AreRooted()
    {
        using LeakDetector<Pair> detector = new();
        MakePairs(detector, rooted: 2);

        var cycles = detector.FindCycles();

        Assert.Contains(cycles, cycle => cycle is { Rooted: true, Count: 2, Objects: 2, MutualPairs: 1 });
        Assert.All(cycles, cycle => Assert.Equal("Limpet.EndToEnd.Tests.Library.TrackedTraceTests.Pair", cycle.Types[0].Name));
        s_pairs.Clear();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Deliver(LeakDetector<Parcel> detector, int count, int kept)
    {
        for (int number = 0; number < count; number++)
        {
            Parcel parcel = detector.Track(new Parcel());
            if (number < kept)
            {
                s_shelf.Add(number, parcel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakePairs(LeakDetector<Pair> detector, int rooted)
    {
        for (int pair = 0; pair < rooted; pair++)
        {
            Pair one = detector.Track(new Pair());
            one.Other = new Pair { Other = one };
            s_pairs.Add(one);
        }
    }

    private sealed class Parcel;

    private sealed class Shelf<T>
    {
        public T? First { get; set; }

        public sealed class Row<TLabel>
        {
            public TLabel? Label { get; set; }
        }
    }

    private class Crate;

    private sealed class LargeCrate : Crate;

    private sealed class Pair
    {
        public Pair? Other { get; set; }
    }
}
