using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Writes three lines per operation to the journal of who opened which door. It keeps the last 1,000 lines in a ring, which is full after 334 operations.
/// </summary>
internal sealed class AccessJournal : HarmlessTarget
{
    private const int Doors = 3;

    private readonly DoorJournal _journal = new();

    public override Truth Truth => Truth.Harmless(
        "The journal is a ring of 1,000 lines.", "own", "Clean", "Bounded");

    protected override double Cap => DoorJournal.Lines;

    protected override int CheckedOperations => 350;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        byte[] proof = RequestSeal.Of(number);
        for (int door = 0; door < Doors; door++)
        {
            Subjects.Add(_journal.Open(number, door, [.. proof]));
        }
    }
}

internal sealed record DoorOpening(int Badge, int Door, byte[] Proof);

internal sealed class DoorJournal
{
    public const int Lines = 1_000;

    private readonly DoorOpening?[] _ring = new DoorOpening?[Lines];
    private int _next;

    public DoorOpening Open(int badge, int door, byte[] proof)
    {
        DoorOpening opening = new(badge, door, proof);
        _ring[_next++ % Lines] = opening;
        return opening;
    }
}
