namespace OrderDesk;

/// <summary>Waits for parcels on a thread of its own, until it is called back. Nobody has to call it back: this is the leak.</summary>
public sealed class Courier
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

    public void CallBack() => _calledBack.Set();
}
