using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Checks;

/// <summary>What exact counts say of an operation.</summary>
/// <param name="Verdict">Their verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="Findings">The findings, gravest first.</param>
/// <param name="Drawings">The findings as the tool draws them.</param>
/// <param name="Warnings">Growth that is not the operation's.</param>
/// <param name="BlindSpots">What the counts cannot see of what got larger.</param>
/// <param name="Repeated">Whether it looked like a leak, and so was repeated before it was judged.</param>
internal sealed record ExactAnswer(
    Verdict Verdict, string Reason, ImmutableArray<Finding> Findings, ImmutableArray<string> Drawings, ImmutableArray<string> Warnings, ImmutableArray<string> BlindSpots, bool Repeated)
{
    /// <summary>Whether something grew as a leak does and did not when it was asked for again: somebody else's work in this process, which may be over by now.</summary>
    public bool IsEcho => Repeated && Verdict == Verdict.Inconclusive;
}
