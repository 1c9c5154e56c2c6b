namespace Limpet.TestTargets;

/// <summary>Async methods that wait for something that does not come.</summary>
/// <remarks><code>
/// static s_never ─→ TaskCompletionSource ─→ Task ─continuation→ OrderService.ReadAsync ×12 ─→ OrderCargo               12
///                                               each awaited by OrderService.StartAsync ─→ the same service            12 services
/// static s_gate  ─→ SemaphoreSlim ─→ waiter ─→ WaitForGateAsync ×5 ─→ GateCargo                                          5
/// static s_all   ─→ Task.WhenAll(StartAsync ×12)                       awaited by WatchAsync ×1
/// Pending async methods: ReadAsync 12, StartAsync 12, WaitForGateAsync 5, WatchAsync 1.
/// </code></remarks>
internal sealed class AsyncPendingTarget : Target
{
    private static readonly TaskCompletionSource<int> s_never = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly SemaphoreSlim s_gate = new(0);
    private static Task? s_all;

    public override string Build()
    {
        s_all = Task.WhenAll(Enumerable.Range(0, 12).Select(_ => new OrderService().StartAsync()));
        _ = WatchAsync(s_all);
        for (int i = 0; i < 5; i++)
        {
            _ = WaitForGateAsync(new GateCargo());
        }

        Settling.Settle();
        return "OrderService=12 OrderCargo=12 GateCargo=5 ReadAsync=12 StartAsync=12 WaitForGateAsync=5 WatchAsync=1";
    }

    private static async Task WaitForGateAsync(GateCargo cargo)
    {
        await s_gate.WaitAsync();
        GC.KeepAlive(cargo);
    }

    private static async Task WatchAsync(Task all) => await all;

    internal sealed class OrderService
    {
        private int _orders;

        public async Task StartAsync() => _orders += await ReadAsync(new OrderCargo());

        private async Task<int> ReadAsync(OrderCargo cargo)
        {
            int read = await s_never.Task;
            GC.KeepAlive(cargo);
            return read + _orders;
        }
    }

    internal sealed class OrderCargo;

    internal sealed class GateCargo;
}
