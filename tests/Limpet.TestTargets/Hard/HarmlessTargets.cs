using Limpet.TestTargets.Hard.Harmless;

namespace Limpet.TestTargets.Hard;

/// <summary>The hard targets that look as if they leaked, by name.</summary>
internal static class HarmlessTargets
{
    public static Dictionary<string, Func<HardTarget>> All { get; } = new(StringComparer.Ordinal)
    {
        ["route-quotes"] = () => new RouteQuotes(),
    };
}
