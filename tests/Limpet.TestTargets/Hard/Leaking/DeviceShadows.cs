using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// The state of devices is published as an immutable map that readers take without a lock. A device that reconnects comes with a new
/// session number, and the entry of the old one is not removed: 1 DeviceShadow per operation, while the nodes of the map are made anew
/// all the time.
/// </summary>
/// <remarks><code>
/// ShadowRegistry ─_shadows→ ImmutableDictionary&lt;string, DeviceShadow&gt; ─→ … ─→ DeviceShadow
/// </code></remarks>
internal sealed class DeviceShadows : HardLeak
{
    private readonly ShadowRegistry _registry = new();

    public override Truth Truth => Truth.Leak(
        "ShadowRegistry._shadows gains an entry for every session of a device and loses none.",
        "own",
        FindingTruth.Entries(typeof(DeviceShadow).FullName!, 1, "ShadowRegistry", "_shadows"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_registry.Connect($"thermostat-{number % 20}", session: number));
}

internal sealed class DeviceShadow(string device)
{
    public string Device => device;

    public double Celsius { get; set; } = 19.5;
}

internal sealed class ShadowRegistry
{
    private ImmutableDictionary<string, DeviceShadow> _shadows = ImmutableDictionary.Create<string, DeviceShadow>(StringComparer.Ordinal);

    public DeviceShadow Connect(string device, int session)
    {
        DeviceShadow shadow = new(device);
        ImmutableInterlocked.TryAdd(ref _shadows, string.Create(CultureInfo.InvariantCulture, $"{device}/{session}"), shadow);
        return shadow;
    }
}
