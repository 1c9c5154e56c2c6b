using System.Collections.Immutable;

namespace Limpet.Verdicts;

/// <summary>The settled readings of one metric.</summary>
/// <param name="Metric">The metric's name: a type, a merged path, <c>fds</c>.</param>
/// <param name="Nature">How its numbers behave.</param>
/// <param name="Values">
/// One value a round, read after that round. <see cref="double.NaN"/> is a reading that was refused; it is never taken for 0, its round is
/// merged with the next one that has a reading.
/// </param>
public sealed record Series(string Metric, MetricNature Nature, ImmutableArray<double> Values);
