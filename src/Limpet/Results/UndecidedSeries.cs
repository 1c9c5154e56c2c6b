using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>Readings that kept a run from being decided.</summary>
/// <param name="Metric">What was counted: a type, a path, <c>fds</c>.</param>
/// <param name="Reason">Why they decide nothing, in one sentence made of them.</param>
/// <param name="Course">One number a round; null where the reading was refused.</param>
public sealed record UndecidedSeries(string Metric, string Reason, ImmutableArray<double?> Course);
