using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A carrier takes 60 manifests a day. What comes later is set aside for tomorrow, which never begins: nothing for 60 operations, from
/// then on 1 FreightManifest with its lines per operation.
/// </summary>
/// <remarks><code>
/// FreightRouter ─_carrier→ CarrierGateway ─_undelivered→ Queue&lt;FreightManifest&gt; ─→ FreightManifest ─→ FreightLine[]
/// </code></remarks>
internal sealed class FreightDispatch : HardLeak
{
    private readonly FreightRouter _router = new(new CarrierGateway());

    public override Truth Truth => Truth.Leak(
        "Beyond the daily quota of 60, manifests are queued in CarrierGateway._undelivered, and nothing takes them out.",
        "own",
        FindingTruth.Entries(typeof(FreightManifest).FullName!, 1, "CarrierGateway", "_undelivered"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_router.Route(number));
}

internal readonly record struct FreightLine(int Article, int Pallets);

internal sealed record FreightManifest(int Number, FreightLine[] Lines);

internal sealed class FreightRouter(CarrierGateway carrier)
{
    public FreightManifest Route(int shipment)
    {
        FreightManifest manifest = new(shipment, [.. Enumerable.Range(1, 5).Select(line => new FreightLine(shipment % 97, line))]);
        carrier.Deliver(manifest);
        return manifest;
    }
}

internal sealed class CarrierGateway
{
    private const int DailyQuota = 60;

    private readonly Queue<FreightManifest> _undelivered = new();
    private int _deliveredToday;
    private long _pallets;

    public void Deliver(FreightManifest manifest)
    {
        if (_deliveredToday == DailyQuota)
        {
            _undelivered.Enqueue(manifest);
            return;
        }

        _deliveredToday++;
        _pallets += manifest.Lines.Sum(line => line.Pallets);
    }

    public void BeginDay()
    {
        for (_deliveredToday = 0; _deliveredToday < DailyQuota && _undelivered.TryDequeue(out FreightManifest? manifest);)
        {
            Deliver(manifest);
        }
    }
}
