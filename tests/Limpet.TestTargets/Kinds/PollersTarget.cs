using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation starts a poller with a thread of its own, kept in a list. Leaky: 1 Poller, 1 thread. Fixed: it is stopped, 0.</summary>
internal sealed class PollersTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<Poller> s_pollers = [];
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Poller poller = new(number);
        s_pollers.Add(poller);
        if (!Leaky)
        {
            poller.Stop();
            s_pollers.Remove(poller);
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.Threads;

    protected override long Declared(int operations) => Leaky ? operations : 0;

    protected override long Measured() => OwnProcess.Threads - _before;

    internal sealed class Poller
    {
        private readonly object _gate = new();
        private readonly Thread _thread;
        private bool _isStopped;

        public Poller(int number)
        {
            _thread = new Thread(Run, 128 * 1024) { IsBackground = true, Name = $"poller-{number}" };
            _thread.Start();
        }

        public void Stop()
        {
            lock (_gate)
            {
                _isStopped = true;
                Monitor.Pulse(_gate);
            }

            _thread.Join();
        }

        private void Run()
        {
            lock (_gate)
            {
                while (!_isStopped)
                {
                    Monitor.Wait(_gate);
                }
            }
        }
    }
}
