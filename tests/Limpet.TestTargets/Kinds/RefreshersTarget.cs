using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation starts a refresher with a timer of an hour, which the runtime holds while it runs. Leaky: 1 Refresher and 1 timer.
/// Fixed: it is stopped, 0.</summary>
internal sealed class RefreshersTarget(bool leaky) : LeakTarget(leaky)
{
    private long _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Refresher refresher = new(number);
        if (!Leaky)
        {
            refresher.Dispose();
        }
    }

    protected override void StartMeasuring() => _before = Timer.ActiveCount;

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    protected override long Measured() => Subjects.Alive() + Timer.ActiveCount - _before;

    internal sealed class Refresher : IDisposable
    {
        private readonly System.Timers.Timer _timer = new(TimeSpan.FromHours(1));
        private readonly Subject _prices;

        public Refresher(int number)
        {
            _prices = new Subject(number);
            _timer.Elapsed += (_, _) => GC.KeepAlive(_prices);
            _timer.Start();
        }

        public void Dispose() => _timer.Dispose();
    }
}
