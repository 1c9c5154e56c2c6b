namespace Limpet.Results;

/// <summary>How a type went.</summary>
/// <param name="Type">Type name in C# spelling.</param>
/// <param name="Delta">How it went.</param>
public sealed record TypeDelta(string Type, Delta Delta);
