using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A hosted worker that fetches eight changes every 20 milliseconds and writes them away when it has 400, once a second. Nobody drives it.
/// </summary>
internal sealed class NightlySync : HarmlessTarget
{
    private IHost? _host;

    public override Truth Truth => Truth.Harmless(
        "The worker writes its changes away and forgets them every 50 ticks.", "own", "Clean") with { Hunt = Truth.ByTime };

    protected override double Cap => SyncWorker.BatchSize;

    protected override double Slack => SyncWorker.BatchSize;

    protected override int CheckedOperations => 110;

    public override string Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<ChangeBatch>().AddHostedService<SyncWorker>();
        _host = builder.Build();
        _host.Start();
        return "";
    }

    /// <summary>An operation is a tick.</summary>
    protected override void Drive(int first)
    {
        ChangeBatch batch = _host!.Services.GetRequiredService<ChangeBatch>();
        SpinWait.SpinUntil(() => batch.Fetches >= first + CheckedOperations - 1);
    }
}

internal sealed record SyncChange(long Number, string Table, byte[] Row);

internal sealed class ChangeBatch
{
    private readonly Lock _lock = new();
    private readonly List<SyncChange> _changes = [];
    private int _fetches;

    public int Fetches => Volatile.Read(ref _fetches);

    public long Written { get; private set; }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fetch(int changes)
    {
        lock (_lock)
        {
            for (int change = 0; change < changes; change++)
            {
                SyncChange fetched = new(Written + _changes.Count, $"table {change}", new byte[300]);
                _changes.Add(fetched);
                Subjects.Add(fetched);
            }

            if (_changes.Count >= SyncWorker.BatchSize)
            {
                Written += _changes.Count;
                _changes.Clear();
            }

            Volatile.Write(ref _fetches, _fetches + 1);
        }
    }
}

internal sealed class SyncWorker(ChangeBatch batch) : BackgroundService
{
    public const int BatchSize = 400;

    private const int ChangesPerTick = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            batch.Fetch(ChangesPerTick);
        }
    }
}
