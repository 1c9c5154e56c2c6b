namespace Limpet.Tests.Retention;

/// <summary>A clock that jumps to whatever is waited for, so that ten seconds take none.</summary>
internal sealed class HandClock : TimeProvider
{
    private long now;

    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Done at each wait, when its time has come.</summary>
    public Action<TimeSpan> Meanwhile { get; set; } = _ => { };

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        Interlocked.Add(ref now, dueTime.Ticks);
        Meanwhile(TimeSpan.FromTicks(now));
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
