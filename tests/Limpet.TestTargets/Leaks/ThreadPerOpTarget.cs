using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation starts a thread. Leaky: every fifth parks for ever, with 1 Subject in a local. Fixed: all end, 0.</summary>
/// <remarks><code>
/// thread "worker 5", "worker 10", … ─ Work ─ local subject ─→ Subject          1 thread and 1 Subject in five operations
/// </code></remarks>
internal sealed class ThreadPerOpTarget(bool leaky) : LeakTarget(leaky)
{
    private const int StackSize = 256 * 1024;

    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        bool parks = Leaky && number % 5 == 0;
        using ManualResetEventSlim started = new();
        Thread thread = new(() => Work(number, parks, started), StackSize) { IsBackground = true, Name = $"worker {number}" };
        thread.Start();
        if (parks)
        {
            started.Wait();
        }
        else
        {
            thread.Join();
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.Threads;

    protected override long Declared(int operations) => Leaky ? 2 * (operations / 5) : 0;

    /// <summary>Subjects and threads together: each is one in five operations.</summary>
    protected override long Measured() => Subjects.Alive() + OwnProcess.Threads - _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Work(int number, bool parks, ManualResetEventSlim started)
    {
        Subject subject = new(number);
        started.Set();
        if (parks)
        {
            Park.Forever();
        }

        GC.KeepAlive(subject);
    }
}
