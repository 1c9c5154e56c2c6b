using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation starts two threads of different methods. Leaky: both park, 2 threads. Fixed: both end, 0.</summary>
internal sealed class TwoThreadLeaksTarget(bool leaky) : LeakTarget(leaky)
{
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Thread mail = new(() => Mail(new Subject(number)), 128 * 1024) { IsBackground = true, Name = $"mail {number}" };
        Thread sync = new(() => Sync(new int[number % 7]), 128 * 1024) { IsBackground = true, Name = $"sync {number}" };
        mail.Start();
        sync.Start();
        if (!Leaky)
        {
            mail.Join();
            sync.Join();
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.Threads;

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    protected override long Measured() => OwnProcess.Threads - _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Mail(Subject subject)
    {
        Wait();
        GC.KeepAlive(subject);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sync(int[] state)
    {
        Wait();
        GC.KeepAlive(state);
    }

    private void Wait()
    {
        if (Leaky)
        {
            Park.Forever();
        }
    }
}
