namespace Limpet.Reporting.Html;

/// <summary>A stretch of the level axis that has a name: a phase, or the warm-up.</summary>
/// <param name="From">Where it begins; a line is drawn there.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Name">Its name; may come from a target.</param>
/// <param name="Class">How it is drawn: <c>phase</c>, <c>leaks</c> or <c>warmup</c>.</param>
internal readonly record struct ChartSpan(double From, double To, string Name, string Class);
