using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>Collects the shipments of the day, 3 per operation, and hands a batch to the carrier every 25 operations.</summary>
internal sealed class ShipmentBatches : HarmlessTarget
{
    private const int ShipmentsPerOperation = 3;

    private readonly ShipmentOutbox _outbox = new();

    public override Truth Truth => Truth.Harmless(
        "The outbox is emptied with every 25th operation.", "own", "Clean");

    protected override double Cap => ShipmentOutbox.BatchSize;

    /// <summary>Each stretch ends at the same point of the saw-tooth.</summary>
    protected override int CheckedOperations => 300;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        for (int parcel = 0; parcel < ShipmentsPerOperation; parcel++)
        {
            Subjects.Add(_outbox.Add(number, parcel));
        }
    }
}

internal sealed record Shipment(int Order, int Parcel, string[] Labels);

internal sealed class ShipmentOutbox
{
    public const int BatchSize = 75;

    private readonly Queue<Shipment> _waiting = new();

    public long Weight { get; private set; }

    public Shipment Add(int order, int parcel)
    {
        Shipment shipment = new(order, parcel, [$"order {order}", $"parcel {parcel}"]);
        _waiting.Enqueue(shipment);
        if (_waiting.Count >= BatchSize)
        {
            HandOver();
        }

        return shipment;
    }

    private void HandOver()
    {
        while (_waiting.TryDequeue(out Shipment? shipment))
        {
            Weight += 1 + shipment.Labels.Length;
        }
    }
}
