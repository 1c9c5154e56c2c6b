using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Quotes an exchange rate per operation and stands by it for one and a half seconds: a quote has a number, and a timer sweeps out what is older.
/// </summary>
internal sealed class ExchangeRates : HarmlessTarget
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    private readonly RateDesk _desk = new(TimeProvider.System);

    public override Truth Truth => Truth.Harmless(
        "A quote is binding for 1.5 seconds; a timer removes the older ones every quarter of a second.", "own", "Clean", "Bounded");

    protected override double Cap => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.Quote(number));

    protected override double[] Measured()
    {
        SpinWait.SpinUntil(() => _desk.Binding == 0, s_deadline);
        Settling.Settle();
        return base.Measured();
    }
}

internal sealed record RateQuote(string Number, decimal Rate, DateTimeOffset Until);

internal sealed class RateDesk
{
    private static readonly TimeSpan s_binding = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(0.25);

    private readonly ConcurrentDictionary<string, RateQuote> _quotes = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;

    public RateDesk(TimeProvider time)
    {
        _time = time;
        _sweeper = time.CreateTimer(static desk => ((RateDesk)desk!).Sweep(), this, s_sweep, s_sweep);
    }

    public int Binding => _quotes.Count;

    public RateQuote Quote(int request)
    {
        RateQuote quote = new(string.Create(CultureInfo.InvariantCulture, $"Q{request:000000}"), 1.05m + (request % 100 / 1_000m), _time.GetUtcNow() + s_binding);
        _quotes[quote.Number] = quote;
        return quote;
    }

    private void Sweep()
    {
        DateTimeOffset now = _time.GetUtcNow();
        foreach (RateQuote quote in _quotes.Values.Where(quote => quote.Until <= now))
        {
            _quotes.TryRemove(quote.Number, out _);
        }
    }
}
