using System.Runtime.CompilerServices;

namespace Limpet.Checks;

/// <summary>Runs synchronous operations on one thread of its own, which lives as long as the check: what is per thread stays constant.</summary>
internal sealed class OperationThread : IOperationDriver
{
    private readonly SemaphoreSlim asked = new(0);
    private readonly SemaphoreSlim answered = new(0);
    private readonly Action operation;
    private readonly Thread thread;
    private OperationTally? tally;
    private long operations;

    public OperationThread(Action operation)
    {
        this.operation = operation;
        thread = new Thread(Serve) { IsBackground = true, Name = "limpet operation" };
    }

    public OperationTally Drive(long operations, TimeSpan timeout)
    {
        if (!thread.IsAlive)
        {
            thread.Start();
        }

        OperationTally round = new();
        (tally, this.operations) = (round, operations);
        asked.Release();
        round.Await(timeout, answered.Wait);
        return round;
    }

    /// <summary>Lets the thread end. One that hangs in an operation ends with the process.</summary>
    public void Dispose()
    {
        tally = null;
        asked.Release();
    }

    private void Serve()
    {
        while (true)
        {
            asked.Wait();
            if (tally is not { } round)
            {
                return;
            }

            RunAll(round);
            answered.Release();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunAll(OperationTally round)
    {
        for (long done = 0; done < operations && !round.TimedOut; done++)
        {
            round.Run(operation);
        }
    }
}
