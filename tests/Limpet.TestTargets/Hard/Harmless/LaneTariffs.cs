using System.Globalization;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A freight desk that prices a lane per operation and keeps the 300 tariffs that were used last. Every operation asks for a lane that
/// was never asked for: the book grows 1 per operation until it is full, and then one goes for each that comes.
/// </summary>
internal sealed class LaneTariffs : HarmlessTarget
{
    private readonly TariffBook _book = new(TariffBook.Most);

    public override Truth Truth => Truth.Harmless(
        "The book of tariffs drops the one that was used longest ago when it has 300.", "own", "Clean", "Bounded");

    protected override double Cap => TariffBook.Most;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_book.For(string.Create(CultureInfo.InvariantCulture, $"LANE-{number:00000}"), number));
}

internal sealed record Tariff(string Lane, decimal PerKilogram, byte[] Seal);

/// <summary>Least recently used goes first: a list in order of use, and an index into it.</summary>
internal sealed class TariffBook(int capacity)
{
    public const int Most = 300;

    private readonly Dictionary<string, LinkedListNode<Tariff>> _byLane = [];
    private readonly LinkedList<Tariff> _byUse = new();

    public Tariff For(string lane, int request)
    {
        if (_byLane.TryGetValue(lane, out LinkedListNode<Tariff>? known))
        {
            _byUse.Remove(known);
            _byUse.AddFirst(known);
            return known.Value;
        }

        if (_byLane.Count == capacity)
        {
            _byLane.Remove(_byUse.Last!.Value.Lane);
            _byUse.RemoveLast();
        }

        byte[] seal = RequestSeal.Of(request);
        Tariff tariff = new(lane, 2 + (seal[0] / 100m), seal);
        _byLane.Add(lane, _byUse.AddFirst(tariff));
        return tariff;
    }
}
