using System.Globalization;

namespace Limpet.TestTargets;

/// <summary>A hard target that leaks: between its readings, each figure must have grown at the rate that is declared.</summary>
internal abstract class HardLeak : HardTarget
{
    /// <summary>By which share of the declared growth a measured one may differ: 0 for what can be counted exactly.</summary>
    protected virtual double Tolerance => 0;

    protected override string Declaration => string.Join(" and ", Truth.Findings.Select(finding => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rate(finding):0.###} {(finding.PerSecond is null ? finding.PerOperation is null ? "bytes per operation" : "per operation" : "per second")}")));

    protected override bool BearsOut(double[][] readings, double[] seconds)
    {
        FindingTruth[] findings = Truth.Findings;
        return findings.Length == readings[0].Length
            && findings.All(finding => IsType(finding.Subject))
            && Enumerable.Range(0, findings.Length).All(index => Enumerable.Range(1, 2).All(stretch =>
            {
                FindingTruth finding = findings[index];
                double declared = Rate(finding) * (finding.PerSecond is null ? CheckedOperations : seconds[stretch] - seconds[stretch - 1]);
                double measured = readings[stretch][index] - readings[stretch - 1][index];
                return declared > 0 && Math.Abs(measured - declared) <= (Tolerance * declared) + RoundingOf(declared);
            }));
    }

    private static double Rate(FindingTruth finding) => finding.PerOperation ?? finding.PerSecond ?? finding.BytesPerOperation ?? 0;

    /// <summary>One object every third operation may be one more or less in a stretch.</summary>
    private static double RoundingOf(double declared) => declared == Math.Round(declared) ? 0 : 1;

    /// <summary>A subject that looks like the name of a type must be one, so that no declaration outlives a renaming; in words it ends in one.</summary>
    private static bool IsType(string words) => words[(words.LastIndexOf(' ') + 1)..] is var subject && (!subject.Contains('.', StringComparison.Ordinal) || subject.Contains('<', StringComparison.Ordinal)
        || AppDomain.CurrentDomain.GetAssemblies().Any(assembly => (assembly.GetType(subject) ?? assembly.GetType(Nested(subject))) is not null));

    /// <summary>The name in the spelling of reflection, if its last part is a nested type.</summary>
    private static string Nested(string subject) => subject.LastIndexOf('.') is var dot and > 0 ? $"{subject[..dot]}+{subject[(dot + 1)..]}" : subject;
}
