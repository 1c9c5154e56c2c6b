namespace Limpet.Results;

/// <summary>What the reachable strings of a heap take.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">Their sizes.</param>
/// <param name="RepeatedTexts">Number of texts that more than one has.</param>
/// <param name="Savable">What one copy of each of these would save.</param>
public sealed record StringUse(long Count, ByteSize Bytes, long RepeatedTexts, ByteSize Savable);
