namespace Limpet.Heap.Holders.Kinds;

/// <summary>Dictionaries, sets and lookups of every kind, by the type of their keys.</summary>
internal sealed class DictionaryMeaning : MemberTable
{
    private const string Entry = "dictionary entry (key {0})";
    private const string Entries = "dictionary entries (key {0})";
    private const string Key = "key of a dictionary entry";

    public DictionaryMeaning()
        : base("System.Collections.")
    {
        Inside("Generic.Dictionary", "_entries", Entries);
        Holds("Generic.Dictionary.Entry", "[x].value", Entry);
        Holds("Generic.Dictionary.Entry", "[x].key", Key);
        Inside("Generic.Dictionary.ValueCollection", "_dictionary");
        Inside("Generic.Dictionary.KeyCollection", "_dictionary");
        Inside("Generic.OrderedDictionary", "_entries", Entries);
        Holds("Generic.OrderedDictionary.Entry", "[x].Value", Entry);
        Holds("Generic.OrderedDictionary.Entry", "[x].Key", Key);
        Elements("Generic.SortedList", "values", "sorted list entry (key {0})");
        Elements("Generic.SortedList", "keys", "key of a sorted list entry");
        Inside("ObjectModel.ReadOnlyDictionary", "m_dictionary", Entries);
        Inside("ObjectModel.KeyedCollection", "dict", Entries);
        Inside("Concurrent.ConcurrentDictionary", "_tables", Entries);
        Inside("Concurrent.ConcurrentDictionary.Tables", "_buckets", Entries);
        Inside("Concurrent.ConcurrentDictionary.VolatileNode", "[x]._node|[x]", Entry); // a struct of one reference: its field has no slot of its own
        Inside("Concurrent.ConcurrentDictionary.Node", "[x]", Entry); // .NET 7 and before: the buckets are nodes themselves
        Holds("Concurrent.ConcurrentDictionary.Node", "_value", Entry);
        Holds("Concurrent.ConcurrentDictionary.Node", "_key", Key);
        Inside("Hashtable", "_buckets|buckets", "hashtable entries");
        Holds("Hashtable.Bucket", "[x].val", "hashtable entry");
        Holds("Hashtable.Bucket", "[x].key", "key of a hashtable entry");
        Inside("Hashtable.SyncHashtable", "_table");
        Inside("Specialized.ListDictionary", "head", "dictionary entries");
        Holds("Specialized.ListDictionary.DictionaryNode", "value", "dictionary entry");
        Holds("Specialized.ListDictionary.DictionaryNode", "key", Key);
        Inside("Specialized.HybridDictionary", "list|hashtable", "dictionary entries");
        InsideAs("Specialized.OrderedDictionary", "_objectsArray|_objectsTable", "dictionary entry");
        Inside("Specialized.NameObjectCollectionBase", "_entriesArray|_entriesTable", "entries by name");
        Holds("Specialized.NameObjectCollectionBase.NameObjectEntry", "Value", "entry of a name");
        Inside("Generic.HashSet", "_entries", "set elements");
        Holds("Generic.HashSet.Entry", "[x].Value", "set element");
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position)
    {
        // An entry object of a name collection is what its list and table hold: no element of the source's.
        bool toEntry = position + 1 < path.Nodes.Length - 1 && path.DefinitionAt(position + 1) == "System.Collections.Specialized.NameObjectCollectionBase.NameObjectEntry";
        return toEntry ? HolderStep.Inside("entry of a name") : base.Read(path, position);
    }
}
