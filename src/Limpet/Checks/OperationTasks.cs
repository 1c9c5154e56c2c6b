namespace Limpet.Checks;

/// <summary>Runs asynchronous operations on the thread pool, one after the other. Their state machine ends with each round.</summary>
internal sealed class OperationTasks(Func<Task> operation) : IOperationDriver
{
    public OperationTally Drive(long operations, TimeSpan timeout)
    {
        OperationTally round = new();
        Task all = Task.Run(() => RunAllAsync(round, operations));
        round.Await(timeout, all.Wait);
        return round;
    }

    public void Dispose()
    {
        // Nothing is kept between rounds.
    }

    private async Task RunAllAsync(OperationTally round, long operations)
    {
        for (long done = 0; done < operations && !round.TimedOut; done++)
        {
            await round.RunAsync(operation).ConfigureAwait(false);
        }
    }
}
