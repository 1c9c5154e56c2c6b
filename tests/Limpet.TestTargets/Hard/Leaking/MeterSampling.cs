using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A hosted worker samples an energy meter fifty times a second, whatever else is going on, and keeps what was not uploaded. Nothing
/// uploads: 50 MeterReading per second.
/// </summary>
/// <remarks><code>
/// host ─→ MeterUpload ─_unsent→ List&lt;MeterReading&gt; ─→ MeterReading
/// </code></remarks>
internal sealed class MeterSampling : HardLeak
{
    private IHost? _host;
    private MeterUpload? _upload;

    public override Truth Truth => Truth.Leak(
        "MeterSampler hands fifty readings a second to MeterUpload._unsent, and the upload is never asked to send.",
        "own",
        FindingTruth.Entries(typeof(MeterReading).FullName!, 0, "MeterUpload", "_unsent") with { PerOperation = null, PerSecond = 50 }) with { Hunt = Truth.ByTime };

    public override string Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<MeterUpload>().AddHostedService<MeterSampler>();
        _host = builder.Build();
        _upload = _host.Services.GetRequiredService<MeterUpload>();
        _host.Start();
        return "";
    }

    protected override int CheckedOperations => 40;

    protected override double Tolerance => 0.2;

    /// <summary>Waits until that many samples more are there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Drive(int first) => SpinWait.SpinUntil(() => _upload!.Waiting >= first + CheckedOperations - 1);
}

internal sealed class MeterReading
{
    public MeterReading(TimeSpan at, double watts)
    {
        At = at;
        Watts = watts;
        Subjects.Add(this);
    }

    public TimeSpan At { get; }

    public double Watts { get; }
}

internal sealed class MeterUpload
{
    private readonly List<MeterReading> _unsent = [];

    public int Waiting
    {
        get
        {
            lock (_unsent)
            {
                return _unsent.Count;
            }
        }
    }

    public void Add(MeterReading reading)
    {
        lock (_unsent)
        {
            _unsent.Add(reading);
        }
    }
}

/// <summary>Samples at a fixed pace; a tick that comes late samples for those that were missed.</summary>
internal sealed class MeterSampler(MeterUpload upload) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_pace);
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
        for (TimeSpan due = s_pace; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            for (; due <= clock.Elapsed; due += s_pace)
            {
                upload.Add(new MeterReading(due, 230 * (1 + (due.Milliseconds % 7))));
            }
        }
    }
}
