using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Tariffs of 90 zones are cached and warm after 90 operations, 40 objects each. Behind that, each look-up leaves a line in a protocol for
/// support. It was meant to keep the last hundred, but it looks at the oldest instead of taking it out: 1 TariffInquiry per operation.
/// </summary>
/// <remarks><code>
/// TariffDesk ─_tariffs→ ConcurrentDictionary&lt;int, ZoneTariff&gt; ─→ ZoneTariff ─→ TariffStep[40]       min(operations, 90)
///            ─_protocol→ ConcurrentQueue&lt;TariffInquiry&gt; ─→ … ─→ TariffInquiry                       1 per operation
/// </code></remarks>
internal sealed class TariffLookup : HardLeak
{
    private readonly TariffDesk _desk = new();

    public override Truth Truth => Truth.Leak(
        "Behind a cache that is warm after 90 operations, TariffDesk._protocol gains one TariffInquiry per look-up.",
        "own",
        FindingTruth.Entries(typeof(TariffInquiry).FullName!, 1, "TariffDesk", "_protocol"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.Look(zone: number % 90, grams: 50 * number));
}

internal sealed record TariffStep(int UpToGrams, decimal Price);

internal sealed record ZoneTariff(int Zone, TariffStep[] Steps);

internal sealed record TariffInquiry(int Zone, int Grams, decimal Price);

internal sealed class TariffDesk
{
    private const int ProtocolLength = 100;

    private readonly ConcurrentDictionary<int, ZoneTariff> _tariffs = new();
    private readonly ConcurrentQueue<TariffInquiry> _protocol = new();

    public TariffInquiry Look(int zone, int grams)
    {
        ZoneTariff tariff = _tariffs.GetOrAdd(zone, Load);
        TariffStep step = Array.Find(tariff.Steps, step => grams % 20_000 <= step.UpToGrams) ?? tariff.Steps[^1];
        TariffInquiry inquiry = new(zone, grams, step.Price);
        _protocol.Enqueue(inquiry);
        if (_protocol.Count > ProtocolLength)
        {
            _protocol.TryPeek(out _);
        }

        return inquiry;
    }

    private static ZoneTariff Load(int zone) =>
        new(zone, [.. Enumerable.Range(1, 40).Select(step => new TariffStep(step * 500, zone + (step * 0.85m)))]);
}
