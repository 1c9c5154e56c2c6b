namespace Limpet.Results;

/// <summary>Growth of another measurement that belongs to the same finding.</summary>
/// <param name="Metric">The measurement's name, such as <c>fds</c>, or a type.</param>
/// <param name="PerOperation">Its growth per operation; null when time explains it better.</param>
public sealed record RelatedGrowth(string Metric, double? PerOperation)
{
    /// <summary>Its growth per second, when time explains it better than operations do.</summary>
    public double? PerSecond { get; init; }

    /// <summary>What was counted, such as <c>file /var/log/shop/audit-*.log</c>; null where the name says it all.</summary>
    public string? Detail { get; init; }
}
