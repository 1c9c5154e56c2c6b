namespace OrderDesk;

/// <summary>Waits for parcels on a thread of its own, until it is called back. Who forgets to call it back leaks the thread.</summary>
public sealed class Courier : IDisposable
{
    private readonly ManualResetEventSlim _calledBack = new();

    public void Start()
    {
        using ManualResetEventSlim waits = new();
        Thread thread = new(() =>
        {
            waits.Set();
            _calledBack.Wait();
        })
        {
            IsBackground = true,
            Name = "courier",
        };
        thread.Start();
        waits.Wait();
    }

    public void Dispose() => _calledBack.Set();
}
