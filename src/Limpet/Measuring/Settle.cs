namespace Limpet.Measuring;

/// <summary>
/// Waits until something has come to rest, instead of sleeping for a while and hoping: connections that close, threads that end, counts that are back at what they were.
/// <code>
/// await Settle.UntilAsync(() => ResourceSnapshot.TakeCounts().Descriptors &lt;= before.Descriptors, TimeSpan.FromSeconds(10));
/// </code>
/// </summary>
public static class Settle
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again, with pauses from 1 to 50 ms, and a last time at the deadline.</summary>
    /// <param name="condition">What is to become true. What it throws is passed on as it is.</param>
    /// <param name="deadline">How long to wait at most; zero asks once.</param>
    /// <param name="time">The clock; that of the system unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it became true.</returns>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan deadline, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero);
        time ??= TimeProvider.System;
        long start = time.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan left = deadline - time.GetElapsedTime(start);
            if (condition())
            {
                return true;
            }

            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.Delay(pause < left ? pause : left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same, and the calling thread waits.</summary>
    /// <param name="condition">What is to become true. What it throws is passed on as it is.</param>
    /// <param name="deadline">How long to wait at most; zero asks once.</param>
    /// <returns>Whether it became true.</returns>
    public static bool Until(Func<bool> condition, TimeSpan deadline)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Task.Run(() => UntilAsync(condition, deadline)).GetAwaiter().GetResult();
    }
}
