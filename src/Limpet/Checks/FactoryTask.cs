namespace Limpet.Checks;

/// <summary>Calls an asynchronous factory on the thread pool. Its task, which holds the object, is dropped with the call.</summary>
internal sealed class FactoryTask<T>(Func<Task<T>> factory) : IFactoryCall
    where T : class
{
    public FactoryOutcome Make(TimeSpan timeout)
    {
        Task<FactoryOutcome> call = Task.Run(() => FactoryOutcome.OfAsync(CallAsync));
        return call.Wait(timeout) ? call.Result : new FactoryOutcome { TimedOut = true };
    }

    private async Task<MadeObject> CallAsync() =>
        MadeObject.Of(await (factory() ?? throw new InvalidOperationException("The factory returned null instead of a task.")).ConfigureAwait(false));
}
