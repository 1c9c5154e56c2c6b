using Limpet.TestTargets.Hard.Leaking;

namespace Limpet.TestTargets.Hard;

/// <summary>The hard targets that leak, by name.</summary>
internal static class LeakingTargets
{
    public static Dictionary<string, Func<HardTarget>> All { get; } = new(StringComparer.Ordinal)
    {
        ["order-audit"] = () => new OrderAudit(),
    };
}
