namespace Limpet.Heap.Holders;

/// <summary>Says in the words of the source what it means that one kind of object holds another.</summary>
internal interface IHolderMeaning
{
    /// <summary>
    /// What it means that the object at <paramref name="position"/>, which is not the last one, holds the next; null when this is not
    /// the kind of holder that this knows.
    /// </summary>
    HolderStep? Read(TracePath path, int position);
}
