namespace Limpet.Results;

/// <summary>Growth of another measurement that belongs to the same finding.</summary>
/// <param name="Metric">The measurement's name, such as <c>fds</c>.</param>
/// <param name="PerOperation">Its growth per operation.</param>
public sealed record RelatedGrowth(string Metric, double PerOperation);
