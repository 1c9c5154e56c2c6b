namespace OrderDesk.Tests;

/// <summary>Leaks that are known. Only the first is there as declared.</summary>
[LeakGuard]
public sealed class KnownLeakTests
{
    [KnownLeak("MEMLEAK-FIX-1", Type = typeof(StockPanel), Holder = "StockFeed.Changed")]
    public void StockPanel_StaysInTheFeed() => LeakCheck.VerifyCollected(() => new StockPanel());

    [KnownLeak("MEMLEAK-FIX-2", Type = typeof(OrderForm))]
    public void OrderForm_IsMended() => LeakCheck.VerifyCollected(() =>
    {
        OrderForm form = new();
        form.Dispose();
        return form;
    });

    [KnownLeak("MEMLEAK-FIX-3", Type = typeof(OrderForm))]
    public void StockPanel_IsAnotherLeak() => LeakCheck.VerifyCollected(() => new StockPanel());

    [KnownLeak("MEMLEAK-FIX-4", Type = typeof(StockPanel))]
    public void StockPanel_NeedsAPartThatIsMissing() => throw new FileNotFoundException("The part is missing.");
}
