using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Every station on the way of a finalizable object.</summary>
/// <remarks><code>
/// static s_alive       ─→ AliveFinalizable[7]                                     7, registered, not due
/// static s_resurrected ─→ List ─→ Resurrected                                     5, finalized once and alive again
/// finalizer thread, in ~Blocker, parked for ever ─→ Blocker                       1, on its stack
/// f-reachable queue    ─→ QueuedFinalizable ─→ QueuedCargo                        20 and 20: due, never run
/// </code></remarks>
internal sealed class FinalizersTarget : Target
{
    private static readonly List<Resurrected> s_resurrected = [];
    private static readonly ManualResetEventSlim s_blocked = new();
    private static AliveFinalizable[]? s_alive;

    public override string Build()
    {
        s_alive = [.. Enumerable.Range(0, 7).Select(_ => new AliveFinalizable())];
        Drop(5, () => new Resurrected());
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Drop(1, () => new Blocker());
        GC.Collect();
        s_blocked.Wait();
        Drop(20, () => new QueuedFinalizable());
        GC.Collect();
        return "AliveFinalizable=7 Resurrected=5 Blocker=1 QueuedFinalizable=20 QueuedCargo=20";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(int count, Func<object> make)
    {
        for (int i = 0; i < count; i++)
        {
            GC.KeepAlive(make());
        }
    }

    internal sealed class AliveFinalizable
    {
        ~AliveFinalizable() => Interlocked.MemoryBarrier();
    }

    internal sealed class Resurrected
    {
        ~Resurrected() => s_resurrected.Add(this);
    }

    internal sealed class Blocker
    {
        ~Blocker()
        {
            s_blocked.Set();
            Park.Forever();
            GC.KeepAlive(this);
        }
    }

    internal sealed class QueuedFinalizable
    {
        public readonly QueuedCargo Cargo = new();

        ~QueuedFinalizable() => Interlocked.MemoryBarrier();
    }

    internal sealed class QueuedCargo;
}
