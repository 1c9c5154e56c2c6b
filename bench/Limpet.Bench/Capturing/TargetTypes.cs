namespace Limpet.Bench.Capturing;

/// <summary>The types whose counts the target states, by their short name, and both sides must find.</summary>
internal static class TargetTypes
{
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["Limpet.TestTargets.ObjectsTarget+Cell"] = "Cell",
        ["Limpet.TestTargets.Node"] = "Node",
        ["Limpet.TestTargets.MeshTarget+Knot"] = "Knot",
    };

    /// <summary>What was counted of the known types, by short name.</summary>
    public static Dictionary<string, long> Counts(IEnumerable<(string Type, long Count)> all) => all
        .Where(entry => ShortNames.ContainsKey(entry.Type))
        .GroupBy(entry => ShortNames[entry.Type], entry => entry.Count)
        .ToDictionary(group => group.Key, group => group.Sum(), StringComparer.Ordinal);

    /// <summary>What the target states of types.</summary>
    public static IEnumerable<KeyValuePair<string, long>> Stated(IReadOnlyDictionary<string, long> truth) => truth.Where(entry => ShortNames.ContainsValue(entry.Key));
}
