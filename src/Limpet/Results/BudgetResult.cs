namespace Limpet.Results;

/// <summary>A limit that the user stated, and what was measured against it.</summary>
/// <param name="Name">The budget's name, such as <c>max-rss</c>.</param>
/// <param name="Limit">The stated limit.</param>
/// <param name="Measured">What was measured; null when it was not.</param>
/// <param name="Broken">Whether the limit was passed.</param>
public sealed record BudgetResult(string Name, double Limit, double? Measured, bool Broken);
