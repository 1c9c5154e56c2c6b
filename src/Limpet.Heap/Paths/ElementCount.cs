namespace Limpet.Heap.Paths;

/// <summary>Elements of the collections on one path.</summary>
/// <param name="Elements">Elements of those collections that are told.</param>
/// <param name="Beyond">
/// Of those the ones beyond what a collection may have without being told. It has no jump where a collection comes to be told, so that this is what is compared from
/// one capture to the next.
/// </param>
/// <param name="Collections">How many collections these are.</param>
public readonly record struct ElementCount(long Elements, long Beyond, long Collections);
