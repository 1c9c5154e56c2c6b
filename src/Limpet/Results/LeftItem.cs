namespace Limpet.Results;

/// <summary>Something that a phase left.</summary>
/// <param name="Metric">What is counted: <c>fds</c>, <c>threads</c>, <c>children</c> or <c>memoryBytes</c>.</param>
/// <param name="Name">What it is, such as <c>file /tmp/order-*.log</c>. Chosen by the target in part: escape before showing.</param>
/// <param name="Amount">How many, or how many bytes.</param>
public sealed record LeftItem(string Metric, string Name, double Amount);
