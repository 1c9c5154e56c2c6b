namespace Limpet.Results;

/// <summary>A count of instances and their bytes. Either may be fractional when it is a rate, and null when it was not measured.</summary>
/// <param name="Count">Instances, descriptors, threads: what the finding counts.</param>
/// <param name="Bytes">Bytes that belong to them.</param>
public sealed record Amount(double? Count, double? Bytes);
