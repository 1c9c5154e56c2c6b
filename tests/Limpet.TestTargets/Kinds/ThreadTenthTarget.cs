using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Every tenth operation starts a thread that nobody keeps. Leaky: it parks, 0.1 threads per operation. Fixed: it ends, 0.</summary>
internal sealed class ThreadTenthTarget(bool leaky) : LeakTarget(leaky)
{
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        if (number % 10 == 0)
        {
            Thread thread = new(Cleanup, 128 * 1024) { IsBackground = true, Name = "cleanup" };
            thread.Start();
            if (!Leaky)
            {
                thread.Join();
            }
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.Threads;

    protected override long Declared(int operations) => Leaky ? operations / 10 : 0;

    protected override long Measured() => OwnProcess.Threads - _before;

    private void Cleanup()
    {
        if (Leaky)
        {
            Park.Forever();
        }
    }
}
