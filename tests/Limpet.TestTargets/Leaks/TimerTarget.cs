using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation starts a timer that is due every hour. Leaky: 1 active timer and 1 Subject per operation stay. Fixed: it is
/// disposed, 0.</summary>
/// <remarks><code>
/// static s_watchdogs ─→ List&lt;Timer&gt; ─→ Timer ─→ TimerHolder ─→ TimerQueueTimer ─_state→ Subject
/// TimerQueue.Instances ─→ TimerQueue ─_longTimers→ TimerQueueTimer ─_next→ …
/// </code></remarks>
internal sealed class TimerTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<Timer> s_watchdogs = [];
    private long _timersBefore;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Timer watchdog = new(static state => GC.KeepAlive(state), new Subject(number), TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        s_watchdogs.Add(watchdog);
        if (!Leaky)
        {
            s_watchdogs.Remove(watchdog);
            watchdog.Dispose();
        }
    }

    protected override void StartMeasuring() => _timersBefore = Timer.ActiveCount;

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    /// <summary>Subjects and active timers together: each is one per operation.</summary>
    protected override long Measured() => Subjects.Alive() + Timer.ActiveCount - _timersBefore;
}
