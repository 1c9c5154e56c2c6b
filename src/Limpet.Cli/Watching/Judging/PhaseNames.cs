using Limpet.Cli.Watching.Phases;
using Limpet.Text;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Names of phases in sentences.</summary>
internal static class PhaseNames
{
    private const int MostNamed = 12;

    /// <summary>Such as <c>test_a (5), test_b (5) and 3 more</c>.</summary>
    public static string List(IReadOnlyList<Phase> phases, IEnumerable<(int Phase, string Amount)> amounts)
    {
        string[] names = [.. amounts.Select(one => $"{Escaping.Show(phases[one.Phase].Name!, 120)} ({one.Amount})")];
        return names.Length <= MostNamed ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNamed))} and {names.Length - MostNamed} more";
    }
}
