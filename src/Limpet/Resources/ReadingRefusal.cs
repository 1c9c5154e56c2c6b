namespace Limpet.Resources;

/// <summary>A part of a reading that the system refused.</summary>
/// <param name="What">What was to be read, such as <c>descriptors</c>.</param>
/// <param name="Reason">Why it was not, with the remedy.</param>
public sealed record ReadingRefusal(string What, string Reason);
