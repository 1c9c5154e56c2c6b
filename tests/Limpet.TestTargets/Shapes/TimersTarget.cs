namespace Limpet.TestTargets;

/// <summary>Timers in every state.</summary>
/// <remarks><code>
/// TimerQueue ─→ Timer, due in an hour ─→ ActiveCargo                     5, active, dropped by the program but held by s_timers
/// static s_timers ─→ Timer, never due ─→ IdleCargo                       4, not active
/// static s_timers ─→ Timer, disposed                                     3, not active; their DisposedCargo stays in the field of the timer
/// static s_periodic ─→ PeriodicTimer                                     2, active
/// static s_delays ─→ Task.Delay(1 h)                                     6, active
/// static s_sources ─→ CancellationTokenSource(1 h)                       2, active
/// Timer.ActiveCount = 15 (more where the runtime itself has timers).
/// </code></remarks>
internal sealed class TimersTarget : Target
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly List<Timer> s_timers = [];
    private static PeriodicTimer[]? s_periodic;
    private static Task[]? s_delays;
    private static CancellationTokenSource[]? s_sources;

    public override string Build()
    {
        Start(5, () => new ActiveCargo(), s_hour);
        Start(4, () => new IdleCargo(), Timeout.InfiniteTimeSpan);
        Start(3, () => new DisposedCargo(), s_hour);
        foreach (Timer timer in s_timers.TakeLast(3))
        {
            timer.Dispose();
        }

        s_periodic = [new PeriodicTimer(s_hour), new PeriodicTimer(s_hour)];
        s_delays = [.. Enumerable.Range(0, 6).Select(_ => Task.Delay(s_hour))];
        s_sources = [new CancellationTokenSource(s_hour), new CancellationTokenSource(s_hour)];
        Settling.Settle();
        return $"ActiveCargo=5 IdleCargo=4 Timer.ActiveCount={Timer.ActiveCount}";
    }

    private static void Start(int count, Func<object> make, TimeSpan due)
    {
        for (int i = 0; i < count; i++)
        {
            s_timers.Add(new Timer(static state => GC.KeepAlive(state), make(), due, Timeout.InfiniteTimeSpan));
        }
    }

    internal sealed class ActiveCargo;

    internal sealed class IdleCargo;

    internal sealed class DisposedCargo;
}
