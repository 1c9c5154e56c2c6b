namespace Limpet.Heap.Holders;

/// <summary>Says in the words of the source what it means that one kind of object holds another.</summary>
internal interface IHolderMeaning
{
    /// <summary>What the member is through which the object at <paramref name="position"/> holds the next; null when this is not the kind of holder that this knows.</summary>
    string? Describe(TracePath path, int position);
}
