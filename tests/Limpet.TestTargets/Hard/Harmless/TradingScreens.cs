using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Opens a trading screen per operation on a feed that never ends. A screen has four subscriptions, one of them with a timer, and disposes
/// of them when it is closed; the feed itself remembers the last 50 prices.
/// </summary>
internal sealed class TradingScreens : HarmlessTarget
{
    private readonly TradingFeed _feed = new();

    public override Truth Truth => Truth.Harmless(
        "A screen disposes of its subscriptions together, and the feed replays 50 prices.", "System.Reactive 6.0.1", "Clean");

    protected override double Cap => TradingFeed.Remembered;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        using TradingScreen screen = new(_feed);
        Subjects.Add(screen);
        for (int price = 0; price < 6; price++)
        {
            Subjects.Add(_feed.Publish((number * 6) + price));
        }
    }
}

internal sealed record TradedPrice(int Trade, decimal Price);

internal sealed class TradingFeed
{
    public const int Remembered = 50;

    private readonly Subject<TradedPrice> _trades = new();
    private readonly IConnectableObservable<TradedPrice> _recent;
    private readonly IDisposable _connection;

    public TradingFeed()
    {
        _recent = _trades.Replay(Remembered, ImmediateScheduler.Instance);
        _connection = _recent.Connect();
    }

    public IObservable<TradedPrice> Recent => _recent;

    public IObservable<TradedPrice> Trades => _trades.AsObservable();

    public TradedPrice Publish(int trade)
    {
        TradedPrice price = new(trade, 100 + (trade % 17));
        _trades.OnNext(price);
        return price;
    }
}

internal sealed class TradingScreen : IDisposable
{
    private readonly CompositeDisposable _subscriptions;

    public TradingScreen(TradingFeed feed) => _subscriptions = new CompositeDisposable(
        feed.Recent.Subscribe(price => Last = price),
        feed.Trades.Buffer(3).Subscribe(prices => Average = prices.Average(price => price.Price)),
        feed.Trades.Throttle(TimeSpan.FromMinutes(1)).Subscribe(_ => Quiet = true),
        feed.Trades.Take(2).Subscribe(_ => Seen++));

    public TradedPrice? Last { get; private set; }

    public decimal Average { get; private set; }

    public bool Quiet { get; private set; }

    public int Seen { get; private set; }

    public void Dispose() => _subscriptions.Dispose();
}
