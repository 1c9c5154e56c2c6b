using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation wants to be told when the program stops. Leaky: it continues the task of the stop, which is not near, 1 Subject per operation stays. Fixed: the continuation is cancelled, 0.</summary>
/// <remarks><code>
/// static s_stopped ─→ TaskCompletionSource ─→ Task ─continuation→ List ─→ continuing Task ─body→ delegate ─→ Subject
/// </code></remarks>
internal sealed class ContinuationTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly TaskCompletionSource s_stopped = new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subject subject = new(number);
        using CancellationTokenSource done = new();
        Task told = s_stopped.Task.ContinueWith(_ => GC.KeepAlive(subject), done.Token, TaskContinuationOptions.None, TaskScheduler.Default);
        if (!Leaky)
        {
            done.Cancel();
        }

        GC.KeepAlive(told);
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;
}
