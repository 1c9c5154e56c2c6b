using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Checks;

/// <summary>What exact counts say of an operation.</summary>
/// <param name="Verdict">Their verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="Findings">The findings, gravest first.</param>
/// <param name="Drawings">The findings as the tool draws them.</param>
/// <param name="Warnings">Growth that is not the operation's.</param>
internal sealed record ExactAnswer(Verdict Verdict, string Reason, ImmutableArray<Finding> Findings, ImmutableArray<string> Drawings, ImmutableArray<string> Warnings);
