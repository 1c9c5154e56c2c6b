using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Loads the settings of 160 tenants in the background after the start, one every 50 milliseconds, so as not to press the database: for
/// eight seconds it grows by time, and then it is done and its timer ends.
/// </summary>
internal sealed class TenantWarmup : HarmlessTarget
{
    private readonly TenantDirectory _tenants = new();

    public override Truth Truth => Truth.Harmless(
        "There are 160 tenants, all loaded after eight seconds, and then the timer disposes itself.", "own", "Clean", "Bounded") with
    {
        Hunt = Truth.ByTime,
    };

    protected override double Cap => TenantDirectory.Tenants;

    protected override int CheckedOperations => TenantDirectory.Tenants;

    public override string Build()
    {
        _tenants.StartLoading();
        return "";
    }

    /// <summary>The first stretch is the warm-up, the others are as long.</summary>
    protected override void Drive(int first)
    {
        long start = Environment.TickCount64;
        SpinWait.SpinUntil(() => _tenants.Loaded >= TenantDirectory.Tenants && (first == 1 || Environment.TickCount64 - start > 1_000));
    }
}

internal sealed record TenantSettings(int Tenant, Dictionary<string, string> Values);

internal sealed class TenantDirectory
{
    public const int Tenants = 160;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly List<TenantSettings> _settings = [];
    private readonly Timer _loader;
    private int _loaded;

    public TenantDirectory() => _loader = new Timer(_ => LoadNext(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public int Loaded => Volatile.Read(ref _loaded);

    public void StartLoading() => _loader.Change(s_pause, Timeout.InfiniteTimeSpan);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LoadNext()
    {
        TenantSettings settings = new(_loaded, new Dictionary<string, string> { ["currency"] = "EUR", ["mail"] = $"office@tenant{_loaded}.example" });
        Subjects.Add(settings);
        _settings.Add(settings);
        Volatile.Write(ref _loaded, _settings.Count);
        if (_settings.Count == Tenants)
        {
            _loader.Dispose();
        }
        else
        {
            _loader.Change(s_pause, Timeout.InfiniteTimeSpan);
        }
    }
}
