using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Bidders follow an auction; each gets a channel that a pump empties. A bidder who leaves is told good-bye, but its channel is not
/// completed: its pump waits for the next bid for ever: 1 pending async operation with its BidderSession per operation.
/// </summary>
/// <remarks><code>
/// AuctionHall ─_sessions→ ConcurrentDictionary&lt;int, BidderSession&gt; ─→ BidderSession ─_bids→ Channel&lt;decimal&gt; ─→ …
///     ─→ BidderSession.PumpAsync
/// </code></remarks>
internal sealed class AuctionFeed : HardLeak
{
    private readonly AuctionHall _hall = new();

    public override Truth Truth => Truth.Leak(
        "A BidderSession that left stays in AuctionHall._sessions, with its PumpAsync awaiting a channel that is never completed.",
        "own",
        new FindingTruth(["TaskLeak", "ManagedLeak", "UnboundedGrowth"], typeof(BidderSession).FullName!, "AuctionHall", "_sessions") { PerOperation = 1 });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        BidderSession session = _hall.Enter(number);
        Subjects.Add(session);
        session.Offer(10 + (number % 90));
        session.Leave();
    }
}

internal sealed class BidderSession
{
    private readonly Channel<decimal> _bids = Channel.CreateUnbounded<decimal>(new UnboundedChannelOptions { SingleReader = true });
    private decimal _highest;

    public BidderSession() => _ = PumpAsync();

    public bool Present { get; private set; } = true;

    public void Offer(decimal bid) => _bids.Writer.TryWrite(bid);

    public void Leave() => Present = false;

    private async Task PumpAsync()
    {
        await foreach (decimal bid in _bids.Reader.ReadAllAsync())
        {
            _highest = Math.Max(_highest, bid);
        }
    }
}

internal sealed class AuctionHall
{
    private readonly ConcurrentDictionary<int, BidderSession> _sessions = new();

    public BidderSession Enter(int bidder) => _sessions.GetOrAdd(bidder, static _ => new BidderSession());
}
