using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation starts a loop that waits an hour between its turns. Leaky: nobody cancels it; 1 pending async method and 1 timer.
/// Fixed: it is cancelled, 0.</summary>
internal sealed class DelayLoopsTarget(bool leaky) : LeakTarget(leaky)
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        using CancellationTokenSource source = new();
        Task watch = WatchAsync(new Subject(number), Leaky ? CancellationToken.None : source.Token);
        if (!Leaky)
        {
            source.Cancel();
            watch.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;

    private static async Task WatchAsync(Subject subject, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromHours(1), cancellation);
            GC.KeepAlive(subject);
        }
    }
}
