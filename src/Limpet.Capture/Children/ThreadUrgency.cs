using System.Buffers.Text;
using Limpet.Capture.Native;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Capture.Children;

/// <summary>How soon a thread runs when it has something to do, and how long it had to wait for that. Belongs to the thread that makes it.</summary>
public sealed unsafe class ThreadUrgency : IDisposable
{
    private const int OneThread = 0; // PRIO_PROCESS with a thread id
    private const int SetScheduler = 144;
    private const int RoundRobin = 2; // SCHED_RR
    private const int Nice = -10;
    private readonly SafeFileHandle? statistics;

    private ThreadUrgency(SafeFileHandle? statistics) => this.statistics = statistics;

    /// <summary>
    /// Lets the calling thread run before others, where the system allows it: a reading that is late by a few milliseconds is of another moment. It
    /// must be a thread that soon waits again.
    /// </summary>
    public static ThreadUrgency Raise()
    {
        nint thread = Spawn.SystemCall(Spawn.GetThreadId, 0, 0);
        int priority = 1;
        if (Spawn.SystemCall(SetScheduler, thread, RoundRobin, (nint)(&priority)) != 0)
        {
            _ = Spawn.SetPriority(OneThread, (int)thread, Nice);
        }

        try
        {
            return new ThreadUrgency(File.OpenHandle($"/proc/self/task/{thread}/schedstat", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ThreadUrgency(null); // a kernel without these statistics: no wait is known
        }
    }

    /// <summary>How long the thread could have run in its life and did not, because others did.</summary>
    public TimeSpan Waited()
    {
        Span<byte> bytes = stackalloc byte[128];
        if (statistics is null || RandomAccess.Read(statistics, bytes, 0) is not (> 0 and int length))
        {
            return TimeSpan.Zero;
        }

        ReadOnlySpan<byte> text = bytes[..length];
        return Utf8Parser.TryParse(text[(text.IndexOf((byte)' ') + 1)..], out long nanoseconds, out _) ? TimeSpan.FromMicroseconds(nanoseconds / 1000.0) : TimeSpan.Zero;
    }

    /// <inheritdoc />
    public void Dispose() => statistics?.Dispose();
}
