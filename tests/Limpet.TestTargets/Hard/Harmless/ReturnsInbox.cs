using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Notices of returned goods wait in a channel until the night shift reads them. It holds 6,000, and then drops the oldest: far more than come while a
/// hunt looks, so that only its capacity says that it will be full.
/// </summary>
internal sealed class ReturnsInbox : HarmlessTarget
{
    private readonly ReturnsDesk _desk = new();

    public override Truth Truth => Truth.Harmless(
        "The channel that notices wait in is bounded to 6,000 and drops the oldest.", "framework", "Clean", "Bounded");

    protected override double Cap => ReturnsDesk.Capacity;

    protected override int CheckedOperations => ReturnsDesk.Capacity + 500;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        Subjects.Add(_desk.Report(number));
    }
}

internal sealed record ReturnNotice(int Parcel, string Reason);

internal sealed class ReturnsDesk
{
    public const int Capacity = 6_000;

    private readonly Channel<ReturnNotice> _inbox = Channel.CreateBounded<ReturnNotice>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    public ReturnNotice Report(int parcel)
    {
        ReturnNotice notice = new(parcel, $"reason {parcel % 7}");
        return _inbox.Writer.TryWrite(notice) ? notice : throw new InvalidOperationException("A channel that drops takes everything.");
    }
}
