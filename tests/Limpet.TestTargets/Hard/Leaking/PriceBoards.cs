using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Each dealer's board shows rows that follow a stream of prices. A row that scrolls out of sight is dropped, with its subscription not
/// disposed: 1 PriceRow per operation.
/// </summary>
/// <remarks><code>
/// PriceStream ─_prices→ Subject&lt;PriceChange&gt; ─_observers→ SubjectDisposable[] ─→ … ─→ PriceRow.Show ─→ PriceRow
/// </code></remarks>
internal sealed class PriceBoards : HardLeak
{
    private readonly PriceStream _stream = new();

    public override Truth Truth => Truth.Leak(
        "PriceRow subscribes the Subject behind PriceStream.Prices and never disposes its subscription.",
        "System.Reactive 6.0.1",
        FindingTruth.Entries(typeof(PriceRow).FullName!, 1, "PriceStream", "_prices"));

    /// <summary>Prices change now and then only: each change goes to all rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subjects.Add(new PriceRow(_stream.Prices, number % 40));
        if (number % 50 == 0)
        {
            _stream.Publish(number % 40, number);
        }
    }
}

internal readonly record struct PriceChange(int Instrument, decimal Price);

internal sealed class PriceStream
{
    private readonly Subject<PriceChange> _prices = new();

    public IObservable<PriceChange> Prices => _prices.AsObservable();

    public void Publish(int instrument, decimal price) => _prices.OnNext(new PriceChange(instrument, price));
}

internal sealed class PriceRow
{
    private readonly int _instrument;
    private string _text = "-";

    public PriceRow(IObservable<PriceChange> prices, int instrument)
    {
        _instrument = instrument;
        prices.Where(change => change.Instrument == _instrument).Subscribe(Show);
    }

    public override string ToString() => _text;

    private void Show(PriceChange change) => _text = $"{_instrument}: {change.Price}";
}
