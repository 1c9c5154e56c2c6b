using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Parcels are sorted to lanes, ten to a lane. A lane has a thread that loads its parcels. A full lane is replaced by a new one, but
/// its queue is not completed, so its thread waits for parcels for ever: 1 thread, with its ParcelLane, in ten operations.
/// </summary>
/// <remarks><code>
/// thread "lane 1", "lane 2", … ─ ParcelLane.Load ─ this ─→ ParcelLane ─→ BlockingCollection&lt;int&gt;
/// </code></remarks>
internal sealed class ParcelSorting : HardLeak
{
    private readonly ParcelSorter _sorter = new();

    public override Truth Truth => Truth.Leak(
        "The thread of a full ParcelLane waits in ParcelLane.Load for a queue that is never completed.",
        "own",
        FindingTruth.Resource("ThreadLeak", "ParcelLane", 0.1, "ParcelLane.Load"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _sorter.Sort(number);

    protected override int CheckedOperations => 300;

    /// <summary>One thread of thirty: the runtime starts and ends some of its own.</summary>
    protected override double Tolerance => 0.05;

    protected override double[] Measured() => [OwnProcess.Threads];
}

internal sealed class ParcelSorter
{
    private const int LaneCapacity = 10;

    private ParcelLane? _lane;
    private int _lanes;

    public void Sort(int parcel)
    {
        if (_lane is null || _lane.Assigned == LaneCapacity)
        {
            _lane = new ParcelLane(++_lanes);
        }

        _lane.Assign(parcel);
    }
}

internal sealed class ParcelLane
{
    private const int StackSize = 256 * 1024;

    private readonly BlockingCollection<int> _parcels = [];
    private long _loaded;

    public ParcelLane(int number) => new Thread(Load, StackSize) { IsBackground = true, Name = $"lane {number}" }.Start();

    public int Assigned { get; private set; }

    public void Assign(int parcel)
    {
        Assigned++;
        _parcels.Add(parcel);
    }

    private void Load()
    {
        foreach (int parcel in _parcels.GetConsumingEnumerable())
        {
            _loaded += parcel;
        }
    }
}
