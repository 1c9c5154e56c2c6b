using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Seats are held while a customer pays. Two leaks at once: a hold that was paid for stays in the book of holds, 1 SeatHold per
/// operation; and the watch on the fare that every second customer asks for is never ended, 0.5 FareWatch per operation.
/// </summary>
/// <remarks><code>
/// BoxOffice ─_holds→ ConcurrentDictionary&lt;Guid, SeatHold&gt; ─→ SeatHold
///           ─_fares→ FareBoard ─FareChanged→ Action&lt;decimal&gt; ─_invocationList→ object[] ─→ Action ─_target→ FareWatch
/// </code></remarks>
internal sealed class SeatReservation : HardLeak
{
    private readonly BoxOffice _office = new(new FareBoard());
    private readonly List<WeakReference> _watches = [];

    public override Truth Truth => Truth.Leak(
        "Paid holds stay in BoxOffice._holds, and every second customer's FareWatch stays subscribed to FareBoard.FareChanged.",
        "own",
        FindingTruth.Entries(typeof(SeatHold).FullName!, 1, "BoxOffice", "_holds"),
        FindingTruth.Objects(typeof(FareWatch).FullName!, 0.5, "FareBoard", "FareChanged", "FareWatch.OnFareChanged"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        (SeatHold hold, FareWatch? watch) = _office.Reserve(number, watchFare: number % 2 == 0);
        Subjects.Add(hold);
        if (watch is not null && Subjects.Counting)
        {
            _watches.Add(new WeakReference(watch));
        }

        _office.Pay(hold);
    }

    protected override int CheckedOperations => 300;

    protected override double[] Measured() => [Subjects.Alive(), _watches.Count(watch => watch.IsAlive)];
}

internal sealed class SeatHold(Guid id, int seat)
{
    public Guid Id => id;

    public int Seat => seat;

    public bool Paid { get; set; }
}

internal sealed class FareBoard
{
    public event Action<decimal>? FareChanged;

    public void Publish(decimal fare) => FareChanged?.Invoke(fare);
}

internal sealed class FareWatch
{
    private readonly decimal[] _history = new decimal[16];
    private int _seen;

    public FareWatch(FareBoard board) => board.FareChanged += OnFareChanged;

    private void OnFareChanged(decimal fare) => _history[_seen++ % _history.Length] = fare;
}

internal sealed class BoxOffice(FareBoard fares)
{
    private readonly ConcurrentDictionary<Guid, SeatHold> _holds = new();
    private readonly FareBoard _fares = fares;
    private int _sold;

    public (SeatHold Hold, FareWatch? Watch) Reserve(int seat, bool watchFare)
    {
        SeatHold hold = new(new Guid(seat, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), seat);
        _holds[hold.Id] = hold;
        return (hold, watchFare ? new FareWatch(_fares) : null);
    }

    public void Pay(SeatHold hold)
    {
        hold.Paid = true;
        _sold++;
    }
}
