namespace Limpet.TestTargets;

/// <summary>Operation N deadlocks two threads on two monitors and never answers.</summary>
/// <remarks><code>
/// thread "transfer A to B" ─ owns s_accountA, waits for s_accountB
/// thread "transfer B to A" ─ owns s_accountB, waits for s_accountA
/// main thread              ─ Operate ─ Join of "transfer A to B"
/// </code></remarks>
internal sealed class HangAfterTarget(int last) : Target
{
    private static readonly object s_accountA = new();
    private static readonly object s_accountB = new();

    public override void Operate(int number)
    {
        if (number != last)
        {
            return;
        }

        using Barrier bothOwnOne = new(2);
        Thread first = new(() => Transfer(s_accountA, s_accountB, bothOwnOne)) { IsBackground = true, Name = "transfer A to B" };
        Thread second = new(() => Transfer(s_accountB, s_accountA, bothOwnOne)) { IsBackground = true, Name = "transfer B to A" };
        first.Start();
        second.Start();
        first.Join();
    }

    private static void Transfer(object from, object to, Barrier bothOwnOne)
    {
        lock (from)
        {
            bothOwnOne.SignalAndWait();
            lock (to)
            {
                GC.KeepAlive(from);
            }
        }
    }
}
