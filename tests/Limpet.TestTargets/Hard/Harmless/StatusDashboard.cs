using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A dashboard that polls the state of the plants over HTTP, all at once. There is one plant more every fifteenth operation, up to 20: client
/// and server, both in this process, come to 20 connections that are kept alive, with two sockets each.
/// </summary>
internal sealed class StatusDashboard : HarmlessTarget
{
    private const int OperationsPerPlant = 15;
    private const int OtherSockets = 4;

    private PlantStatus? _status;

    public override Truth Truth => Truth.Harmless(
        "The pool has as many connections as there were requests at once, 20 at most, and uses them again.", "framework", "Clean", "Bounded");

    protected override double Cap => (2 * PlantGate.Plants) + OtherSockets;

    protected override int CheckedOperations => 310;

    protected override double Slack => 1;

    public override string Build()
    {
        PlantGate gate = new();
        _status = new PlantStatus(LoopbackSite.Start("/plants/{number}", gate.AnswerAsync), gate);
        return "";
    }

    protected override double[] Measured() => [OwnProcess.DescriptorsOf("socket:")];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        _status!.PollAsync(Math.Min(1 + (number / OperationsPerPlant), PlantGate.Plants)).GetAwaiter().GetResult();
    }
}

internal sealed class PlantStatus(Uri site, PlantGate gate)
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = PlantGate.Plants }) { BaseAddress = site };

    public async Task<int> PollAsync(int plants)
    {
        gate.Expect(plants);
        string[] states = await Task.WhenAll(Enumerable.Range(0, plants).Select(plant => _client.GetStringAsync(new Uri($"plants/{plant}", UriKind.Relative))));
        return states.Count(state => state == "running");
    }
}

/// <summary>The plants answer together, when all that were to be asked have been: so each needs a connection of its own.</summary>
internal sealed class PlantGate
{
    public const int Plants = 20;

    private readonly Lock _lock = new();
    private TaskCompletionSource _open = new();
    private int _missing;

    public void Expect(int plants)
    {
        lock (_lock)
        {
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _missing = plants;
        }
    }

    public async Task AnswerAsync(HttpContext context)
    {
        await Arrive();
        await context.Response.WriteAsync("running", context.RequestAborted);
    }

    private Task Arrive()
    {
        lock (_lock)
        {
            if (--_missing == 0)
            {
                _open.SetResult();
            }

            return _open.Task;
        }
    }
}
