namespace Limpet.Results;

/// <summary>How many there are of something.</summary>
/// <param name="Name">What: a type, a method, a kind of root.</param>
/// <param name="Count">How many.</param>
public sealed record NamedTally(string Name, long Count);
