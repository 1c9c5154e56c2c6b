using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Each order is fulfilled under a token of its own, linked to the one by which the program stops. The linked source is not disposed,
/// so that the stopping token remembers it: 1 linked CancellationTokenSource per operation.
/// </summary>
/// <remarks><code>
/// FulfilmentWorker ─_stopping→ CancellationTokenSource ─→ Registrations ─Callbacks→ CallbackNode ─Next→ …
///     ─CallbackState→ Linked1CancellationTokenSource
/// </code></remarks>
internal sealed class FulfilmentSteps : HardLeak
{
    private readonly FulfilmentWorker _worker = new();

    public override Truth Truth => Truth.Leak(
        "FulfilmentWorker links a source to _stopping for every order and never disposes it.",
        "framework",
        FindingTruth.Objects("System.Threading.CancellationTokenSource.Linked1CancellationTokenSource", 1, "FulfilmentWorker", "_stopping"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _worker.FulfilAsync(number).GetAwaiter().GetResult();
}

internal sealed class FulfilmentWorker
{
    private readonly CancellationTokenSource _stopping = new();
    private int _packed;

    public async Task FulfilAsync(int order)
    {
        CancellationTokenSource abort = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        Subjects.Add(abort);
        await PackAsync(order, abort.Token);
        if (order < 0)
        {
            await abort.CancelAsync();
        }
    }

    private async Task PackAsync(int order, CancellationToken cancellation)
    {
        for (int item = 0; item < 1 + (order % 4); item++)
        {
            cancellation.ThrowIfCancellationRequested();
            _packed++;
            await Task.CompletedTask;
        }
    }
}
