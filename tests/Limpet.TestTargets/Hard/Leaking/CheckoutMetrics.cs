using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A checkout measures itself by a Meter of its own, made with the checkout and not disposed. The runtime keeps every meter in a static
/// list, so that listeners find it: 1 Meter with its instruments per operation.
/// </summary>
/// <remarks><code>
/// static Meter.s_allMeters ─→ List&lt;Meter&gt; ─→ Meter ─_instruments→ List&lt;Instrument&gt; ─→ Counter&lt;int&gt;
/// </code></remarks>
internal sealed class CheckoutMetrics : HardLeak
{
    public override Truth Truth => Truth.Leak(
        "Each checkout makes a Meter and does not dispose it; the static list of Meter keeps it.",
        "framework",
        FindingTruth.Entries(typeof(Meter).FullName!, 1, "Meter.s_allMeters"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => new CartCheckout().Complete(items: 1 + (number % 5));
}

internal sealed class CartCheckout
{
    private readonly Counter<int> _items;
    private readonly Histogram<double> _value;

    public CartCheckout()
    {
        Meter meter = new("Shop.Checkout");
        Subjects.Add(meter);
        _items = meter.CreateCounter<int>("items");
        _value = meter.CreateHistogram<double>("value");
    }

    public void Complete(int items)
    {
        _items.Add(items);
        _value.Record(items * 9.9);
    }
}
