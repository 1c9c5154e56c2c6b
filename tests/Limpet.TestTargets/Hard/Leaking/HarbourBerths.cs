using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Ships wait for one of three berths. The third ship's departure fails once, and its berth is not given back; soon there is none, and
/// each ship that calls waits in HarbourOffice.BerthAsync for ever: 1 pending async operation, with its ShipCall, per operation.
/// </summary>
/// <remarks><code>
/// HarbourOffice ─_berths→ SemaphoreSlim ─m_asyncHead→ TaskNode ─Next→ TaskNode ─continuation→ BerthAsync ─call→ ShipCall
/// </code></remarks>
internal sealed class HarbourBerths : HardLeak
{
    private readonly HarbourOffice _office = new();

    public override Truth Truth => Truth.Leak(
        "HarbourOffice.BerthAsync waits for the semaphore _berths, whose permits were lost to failed departures.",
        "own",
        FindingTruth.Resource("TaskLeak", "BerthAsync", 1, "HarbourOffice", "_berths"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        ShipCall call = new($"IMO {9_000_000 + number}", number);
        Subjects.Add(call);
        _ = _office.BerthAsync(call);
    }
}

internal sealed record ShipCall(string Ship, int Voyage);

internal sealed class HarbourOffice
{
    private readonly SemaphoreSlim _berths = new(3);
    private int _departed;

    public async Task BerthAsync(ShipCall call)
    {
        await _berths.WaitAsync();
        if (await DepartAsync(call))
        {
            _berths.Release();
        }
    }

    /// <summary>False for a voyage that the customs hold: the office forgets that its berth is free all the same.</summary>
    private Task<bool> DepartAsync(ShipCall call)
    {
        _departed++;
        return Task.FromResult(call.Voyage % 3 != 0);
    }
}
