using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Limits are read as named options, one name a tenant, which is what the options system is for. But the name is made of tenant and
/// session, and IOptionsMonitor.Get keeps what it made for each name: 1 TenantLimits per operation.
/// </summary>
/// <remarks><code>
/// OptionsMonitor&lt;TenantLimits&gt; ─_cache→ OptionsCache&lt;TenantLimits&gt;
///     ─_cache→ ConcurrentDictionary&lt;string, Lazy&lt;TenantLimits&gt;&gt; ─→ Lazy ─→ TenantLimits
/// </code></remarks>
internal sealed class TenantLimiting : HardLeak
{
    private TenantGate? _gate;

    public override Truth Truth => Truth.Leak(
        "TenantGate asks IOptionsMonitor.Get for a new name every session, and OptionsCache keeps the TenantLimits of each.",
        "framework",
        FindingTruth.Entries(typeof(TenantLimits).FullName!, 1, "OptionsCache"));

    public override string Build()
    {
        ServiceCollection services = new();
        services.AddOptions().AddSingleton<TenantGate>().ConfigureAll<TenantLimits>(limits => limits.RequestsPerMinute = 600);
        _gate = services.BuildServiceProvider().GetRequiredService<TenantGate>();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_gate!.Enter(tenant: number % 25, session: number));
}

internal sealed class TenantLimits
{
    public int RequestsPerMinute { get; set; }

    public string[] Regions { get; set; } = [];
}

internal sealed class TenantGate(IOptionsMonitor<TenantLimits> limits)
{
    private long _admitted;

    public TenantLimits Enter(int tenant, int session)
    {
        TenantLimits own = limits.Get(string.Create(CultureInfo.InvariantCulture, $"tenant-{tenant}:{session}"));
        _admitted += own.RequestsPerMinute > 0 ? 1 : 0;
        return own;
    }
}
