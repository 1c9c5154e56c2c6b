using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>
/// Which leak explains that native memory grows: the one that may cost most of it, where all together may cost as much as was measured. What they
/// may cost is an upper bound, so that a small leak of objects does not hide a large one of memory. Pure.
/// </summary>
internal static class NativeClaims
{
    /// <summary>Touched pages of a stack and what the system and the runtime keep of a thread, at most.</summary>
    public const double PerThread = 300 * 1024;

    /// <summary>What the runtime keeps natively of a descriptor, a timer or an operation, at most.</summary>
    public const double PerResource = 4 * 1024;

    /// <summary>Share of the managed heap that the collector keeps of it beside it, and that allocation runs ahead.</summary>
    public const double PerManagedByte = 0.3;

    /// <summary>The place in <paramref name="most"/> of what explains the growth; -1 when all of it together cannot.</summary>
    public static int Explain(double growth, ImmutableArray<double> most) =>
        growth > 0 && most.Length > 0 && most.Sum() >= growth ? most.IndexOf(most.Max()) : -1;
}
