using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A sorting line: two parcels come with each operation, and the slower belt takes one. They pile up in a channel that holds 250 and, from
/// then on, sends the oldest back by road.
/// </summary>
internal sealed class SortingBelts : HarmlessTarget
{
    private readonly SortingLine _line = new();

    public override Truth Truth => Truth.Harmless(
        "The channel between two belts is bounded to 250 and drops the oldest.", "framework", "Clean", "Bounded");

    protected override double Cap => SortingLine.Capacity;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        Subjects.Add(_line.Arrive(2 * number));
        Subjects.Add(_line.Arrive((2 * number) + 1));
        _line.Sort();
    }
}

internal sealed record SortedParcel(int Number, string Street, byte[] Image);

internal sealed class SortingLine
{
    public const int Capacity = 250;

    private readonly Channel<SortedParcel> _belt;

    public SortingLine() => _belt = Channel.CreateBounded<SortedParcel>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => ByRoad++);

    public int ByRoad { get; private set; }

    public int Sorted { get; private set; }

    public SortedParcel Arrive(int number)
    {
        SortedParcel parcel = new(number, $"Street {number % 90}", new byte[700]);
        return _belt.Writer.TryWrite(parcel) ? parcel : throw new InvalidOperationException("A channel that drops takes everything.");
    }

    public void Sort() => Sorted += _belt.Reader.TryRead(out SortedParcel? parcel) ? parcel.Image.Length : 0;
}
