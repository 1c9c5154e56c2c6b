using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Limpet.Checks;

/// <summary>What became of the operations of one round. One thread writes, another watches the time.</summary>
internal sealed class OperationTally
{
    private readonly long began = Stopwatch.GetTimestamp();
    private long operationBegan = Stopwatch.GetTimestamp();

    /// <summary>Operations that returned.</summary>
    public long Done { get; private set; }

    /// <summary>Operations that threw.</summary>
    public long Failed { get; private set; }

    /// <summary>The first exception; null when none was thrown.</summary>
    public Exception? FirstError { get; private set; }

    /// <summary>Whether an operation has not come back in time.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>How long the round took.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Waits until the round is over or one operation takes too long.</summary>
    /// <param name="timeout">How long one operation may take.</param>
    /// <param name="wait">Waits for the end of the round, at most so long.</param>
    public void Await(TimeSpan timeout, Func<TimeSpan, bool> wait)
    {
        while (true)
        {
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(Volatile.Read(ref operationBegan));
            if (wait(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                Duration = Stopwatch.GetElapsedTime(began);
                return;
            }

            if (Stopwatch.GetElapsedTime(Volatile.Read(ref operationBegan)) >= timeout)
            {
                TimedOut = true;
                return;
            }
        }
    }

    /// <summary>Runs one operation. Never inlined: its frame must be gone when it returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run(Action operation)
    {
        Begin();
        try
        {
            operation();
            Done++;
        }
        catch (Exception exception)
        {
            Note(exception);
        }
    }

    /// <summary>Runs one asynchronous operation.</summary>
    public async Task RunAsync(Func<Task> operation)
    {
        Begin();
        try
        {
            await (operation() ?? throw new InvalidOperationException("The operation returned null instead of a task.")).ConfigureAwait(false);
            Done++;
        }
        catch (Exception exception)
        {
            Note(exception);
        }
    }

    private void Begin() => Volatile.Write(ref operationBegan, Stopwatch.GetTimestamp());

    private void Note(Exception exception)
    {
        Failed++;
        FirstError ??= exception;
    }
}
