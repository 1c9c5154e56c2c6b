using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Checks;

/// <summary>What the tool answered about objects.</summary>
/// <param name="Hold">What holds them.</param>
/// <param name="Findings">One finding a shape of the ways to them.</param>
/// <param name="Drawings">The findings as the tool draws them.</param>
/// <param name="Warnings">What is to be known beside it.</param>
/// <param name="Origin">How the process was read.</param>
internal sealed record HeldObjects(HoldKind Hold, ImmutableArray<Finding> Findings, ImmutableArray<string> Drawings, ImmutableArray<string> Warnings, TraceOrigin Origin);
