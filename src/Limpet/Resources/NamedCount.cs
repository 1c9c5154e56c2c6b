namespace Limpet.Resources;

/// <summary>How many things go by one name, which may be a pattern.</summary>
/// <param name="Name">The name. Chosen by the target in part: escape before showing.</param>
/// <param name="Count">How many there are.</param>
public sealed record NamedCount(string Name, int Count);
