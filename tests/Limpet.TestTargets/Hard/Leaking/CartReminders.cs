using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A cart reminds its customer every hour by a timer of its own. Nobody keeps the cart, but its timer does: it calls a method of the
/// cart, the cart has the timer, and the runtime has every active timer: 1 timer and 1 AbandonedCart per operation.
/// </summary>
/// <remarks><code>
/// static TimerQueue.Instances ─→ TimerQueue ─_longTimers→ TimerQueueTimer ─_next→ … ─_timerCallback→ AbandonedCart.Remind ─→ AbandonedCart
///     ─_reminder→ Timer
/// </code></remarks>
internal sealed class CartReminders : HardLeak
{
    public override Truth Truth => Truth.Leak(
        "AbandonedCart never disposes its hourly timer, whose callback is AbandonedCart.Remind.",
        "framework",
        FindingTruth.Resource("TimerLeak", typeof(AbandonedCart).FullName!, 1, "TimerQueue", "AbandonedCart.Remind"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        AbandonedCart cart = new(customer: number);
        Subjects.Add(cart);
        cart.Add(number % 60);
    }
}

internal sealed class AbandonedCart
{
    private readonly List<int> _articles = [];
    private readonly Timer _reminder;
    private readonly int _customer;

    public AbandonedCart(int customer)
    {
        _customer = customer;
        _reminder = new Timer(Remind, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
    }

    public int Reminders { get; private set; }

    public void Add(int article) => _articles.Add(article);

    public void Close() => _reminder.Dispose();

    private void Remind(object? state) => Reminders += _articles.Count > 0 && _customer > 0 ? 1 : 0;
}
