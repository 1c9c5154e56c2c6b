using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Each shipment is priced in a scope of its own by a calculator that follows the settings: it registers with IOptionsMonitor.OnChange and
/// drops the registration: 1 SurchargeCalculator per operation.
/// </summary>
/// <remarks><code>
/// OptionsMonitor&lt;SurchargeSettings&gt; ─_onChange→ Action ─_invocationList→ object[] ─→ Action ─→ ChangeTrackerDisposable
///     ─_listener→ closure ─→ SurchargeCalculator
/// </code></remarks>
internal sealed class SurchargeOptions : HardLeak
{
    private IServiceProvider? _services;

    public override Truth Truth => Truth.Leak(
        "The scoped SurchargeCalculator registers with IOptionsMonitor.OnChange and does not dispose the registration.",
        "framework",
        FindingTruth.Objects(typeof(SurchargeCalculator).FullName!, 1, "OptionsMonitor", "_onChange", "SurchargeCalculator"));

    public override string Build()
    {
        ServiceCollection services = new();
        services.Configure<SurchargeSettings>(settings => settings.FuelPercent = 12).AddScoped<SurchargeCalculator>();
        _services = services.BuildServiceProvider();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        using IServiceScope scope = _services!.CreateScope();
        scope.ServiceProvider.GetRequiredService<SurchargeCalculator>().Price(number % 31);
    }
}

internal sealed class SurchargeSettings
{
    public int FuelPercent { get; set; }
}

internal sealed class SurchargeCalculator
{
    private readonly decimal[] _steps = new decimal[8];
    private SurchargeSettings _settings;

    public SurchargeCalculator(IOptionsMonitor<SurchargeSettings> monitor)
    {
        Subjects.Add(this);
        _settings = monitor.CurrentValue;
        monitor.OnChange(Follow);
    }

    public decimal Price(int kilograms) => _steps[kilograms % _steps.Length] = kilograms * (1 + (_settings.FuelPercent / 100m));

    private void Follow(SurchargeSettings settings) => _settings = settings;
}
