namespace Limpet.Retention;

/// <summary>One collection.</summary>
/// <param name="Index">Its number since the process began; the runtime counts them all.</param>
/// <param name="Generation">The generation that was collected, and with it the younger ones.</param>
/// <param name="Reason">Why, as the runtime says it; null where its event did not come.</param>
public sealed record CollectionFact(long Index, int Generation, CollectionReason? Reason);
