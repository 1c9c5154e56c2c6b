using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>The finalizer thread is blocked for ever before the first operation; each operation drops 1 finalizable Subject holder.
/// They are unreachable for the program and stay all the same, 1 per operation, in the f-reachable queue once a GC has seen them.</summary>
/// <remarks><code>
/// finalizer thread ─ ~Blocker, parked
/// f-reachable queue ─→ Finalizable ─→ Subject                              1 of each per operation, after a GC
/// </code></remarks>
internal sealed class BlockedFinalizerTarget : Target
{
    private static readonly ManualResetEventSlim s_blocked = new();

    public override string Build()
    {
        DropBlocker();
        GC.Collect();
        s_blocked.Wait();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => GC.KeepAlive(new Finalizable(number));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropBlocker() => GC.KeepAlive(new Blocker());

    internal sealed class Blocker
    {
        ~Blocker()
        {
            s_blocked.Set();
            Park.Forever();
        }
    }

    internal sealed class Finalizable(int number)
    {
        private readonly Subject _subject = new(number);

        ~Finalizable() => GC.KeepAlive(_subject);
    }
}
