using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Asks banks by a client that blocks its thread until the answer is there. Every tenth operation asks one bank more, up to 32: the thread pool
/// grows by a thread per ten operations and stays there.
/// </summary>
internal sealed class SettlementLinks : HarmlessTarget
{
    private const int Banks = 32;
    private const int OperationsPerBank = 10;
    private const int OtherThreads = 6;

    private int _before;

    public override Truth Truth => Truth.Harmless(
        "Threads are the pool's, which grows to the 32 that block at once and uses them again.", "framework", "Clean", "Bounded");

    protected override double Cap => Banks + OtherThreads;

    protected override int CheckedOperations => 350;

    protected override double Slack => 2;

    public override string Build()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Banks), ports);

        // No more than that either: where all of them wait for long, the pool adds one every half second.
        ThreadPool.GetMaxThreads(out _, out ports);
        ThreadPool.SetMaxThreads(Math.Max(workers, Banks), ports);
        return "";
    }

    protected override void StartMeasuring() => _before = OwnProcess.Threads;

    protected override double[] Measured() => [OwnProcess.Threads - _before];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        SettlementRound round = new(Math.Min(1 + (number / OperationsPerBank), Banks));
        round.AskAll();
    }
}

/// <summary>All banks are asked at once, and they answer when the last of them has the question.</summary>
internal sealed class SettlementRound(int banks)
{
    private readonly CountdownEvent _asked = new(banks);
    private readonly CountdownEvent _answered = new(banks);

    public void AskAll()
    {
        for (int bank = 0; bank < banks; bank++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static round => round.Ask(), this, preferLocal: false);
        }

        _answered.Wait();
    }

    private void Ask()
    {
        _asked.Signal();
        _asked.Wait();
        _answered.Signal();
    }
}
