using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation starts a thread that a list keeps. Leaky: it parks for ever. Fixed: it ends and is taken out, 0.</summary>
internal sealed class ThreadListTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<Thread> s_started = [];
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subject subject = new(number);
        Thread thread = new(() => Send(subject), 128 * 1024) { IsBackground = true };
        s_started.Add(thread);
        thread.Start();
        if (!Leaky)
        {
            thread.Join();
            s_started.Remove(thread);
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.Threads;

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    protected override long Measured() => Subjects.Alive() + OwnProcess.Threads - _before;

    private void Send(Subject subject)
    {
        if (Leaky)
        {
            Park.Forever();
        }

        GC.KeepAlive(subject);
    }
}
