namespace Limpet.Heap.Holders.Kinds;

/// <summary>Lists, and the collections that wrap one.</summary>
internal sealed class ListMeaning : MemberTable
{
    public ListMeaning()
        : base("System.Collections.")
    {
        Elements("Generic.List", "_items", "list element");
        Elements("ArrayList", "_items", "list element");
        Inside("ArrayList.SyncArrayList", "_list");
        Inside("ArrayList.ReadOnlyArrayList", "_list");
        Inside("ObjectModel.Collection", "items", "elements of the collection");
        Inside("ObjectModel.ReadOnlyCollection", "list", "elements of the collection");
        Inside("Generic.LinkedList", "head", "linked list element");
        Holds("Generic.LinkedListNode", "item", "linked list element");
        Inside("Generic.LinkedListNode", "next|prev", "neighbour in the linked list");
        Inside("Generic.LinkedListNode", "list", "linked list that the node is in");
    }
}
