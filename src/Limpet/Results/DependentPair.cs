namespace Limpet.Results;

/// <summary>Dependent handles, such as the entries of a <c>ConditionalWeakTable</c>: they hold a value as long as its key lives, and the key not at all.</summary>
/// <param name="Key">Type of the keys in C# spelling.</param>
/// <param name="Value">Type of the values in C# spelling.</param>
/// <param name="Count">Number of handles.</param>
/// <param name="AsKey">Whether the objects that were asked for are the keys; else they are the values.</param>
public sealed record DependentPair(string Key, string Value, long Count, bool AsKey);
