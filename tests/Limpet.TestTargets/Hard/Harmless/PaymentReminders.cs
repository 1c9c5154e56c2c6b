using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Starts four reminders per operation. A reminder is a timer that fires once, a fifth of a second later, takes itself off the list
/// and disposes itself.
/// </summary>
internal sealed class PaymentReminders : HarmlessTarget
{
    private const int RemindersPerOperation = 4;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    private readonly ReminderDesk _desk = new();

    public override Truth Truth => Truth.Harmless(
        "Every timer fires once after 0.2 seconds and then disposes itself.", "own", "Clean");

    protected override double Cap => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        for (int reminder = 0; reminder < RemindersPerOperation; reminder++)
        {
            Subjects.Add(_desk.Remind((number * RemindersPerOperation) + reminder));
        }
    }

    protected override double[] Measured()
    {
        SpinWait.SpinUntil(() => _desk.Open == 0 && Timer.ActiveCount == 0, s_deadline);
        Settling.Settle();
        return [Subjects.Alive() + Timer.ActiveCount];
    }
}

internal sealed class PaymentReminder
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(0.2);

    private readonly ReminderDesk _desk;
    private readonly Timer _timer;

    public PaymentReminder(int invoice, ReminderDesk desk)
    {
        Invoice = invoice;
        _desk = desk;
        _timer = new Timer(static reminder => ((PaymentReminder)reminder!).Send(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Invoice { get; }

    public void Start() => _timer.Change(s_delay, Timeout.InfiniteTimeSpan);

    private void Send()
    {
        _desk.Done(this);
        _timer.Dispose();
    }
}

internal sealed class ReminderDesk
{
    private readonly ConcurrentDictionary<int, PaymentReminder> _open = new();

    public int Open => _open.Count;

    public long Sent { get; private set; }

    public PaymentReminder Remind(int invoice)
    {
        PaymentReminder reminder = new(invoice, this);
        _open[invoice] = reminder;
        reminder.Start();
        return reminder;
    }

    public void Done(PaymentReminder reminder)
    {
        _open.TryRemove(reminder.Invoice, out _);
        Sent++;
    }
}
