using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Asks suppliers for offers, with a token source per operation that cancels itself after 0.4 seconds. It is never disposed: its timer
/// holds it until then, with what was registered on it, and nothing does afterwards.
/// </summary>
internal sealed class SupplierOffers : HarmlessTarget
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    private readonly OfferDesk _desk = new();

    public override Truth Truth => Truth.Harmless(
        "CancelAfter holds the token source for 0.4 seconds only, and the source linked with the long-lived token is disposed.", "framework", "Clean");

    protected override double Cap => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.Ask(number));

    protected override double[] Measured()
    {
        SpinWait.SpinUntil(() => Timer.ActiveCount == 0, s_deadline);
        Settling.Settle();
        return base.Measured();
    }
}

internal sealed class SupplierOffer(int supplier)
{
    private readonly decimal[] _prices = new decimal[20];

    public int Supplier { get; } = supplier;

    public bool Expired { get; private set; }

    public int Positions => _prices.Length;

    public void Expire() => Expired = true;
}

internal sealed class OfferDesk
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.4);

    private readonly CancellationTokenSource _closing = new();

    public SupplierOffer Ask(int supplier)
    {
        CancellationTokenSource patience = new();
        SupplierOffer offer = new(supplier);
        patience.Token.UnsafeRegister(static offer => ((SupplierOffer)offer!).Expire(), offer);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _closing.Token);
        either.Token.ThrowIfCancellationRequested();
        patience.CancelAfter(s_patience);
        return offer;
    }
}
