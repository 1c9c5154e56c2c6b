namespace Limpet.Results;

/// <summary>One thing that a machine allows, or does not.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">What came of it.</param>
/// <param name="Value">The value here.</param>
/// <param name="Means">What that means for the commands of limpet, or for the programs that it looks at.</param>
/// <param name="Remedy">What to do; null where there is nothing to do.</param>
public sealed record MachineCheck(string Name, CheckState State, string Value, string Means, string? Remedy);
