namespace Limpet.Heap.Holders.Kinds;

/// <summary>Immutable and frozen collections.</summary>
internal sealed class ImmutableMeaning : MemberTable
{
    private const string Entry = "immutable dictionary entry (key {0})";
    private const string Key = "key of an immutable dictionary entry";
    private const string Frozen = "System.Collections.Frozen.";

    public ImmutableMeaning()
        : base("System.Collections.Immutable.")
    {
        Inside("ImmutableList", "_root", "immutable list elements");
        Inside("ImmutableList.Builder", "_root", "immutable list elements");
        Holds("ImmutableList.Node", "_key", "immutable list element");
        Inside("ImmutableList.Node", "_left|_right");
        Elements("ImmutableArray.Builder", "_elements", "immutable array element");
        InsideAs("ImmutableHashSet", "_root", "immutable set element");
        InsideAs("ImmutableHashSet.Builder", "_root", "immutable set element");
        Inside("ImmutableSortedSet", "_root", "immutable set elements");
        Holds("ImmutableSortedSet.Node", "_key", "immutable set element");
        Inside("ImmutableSortedDictionary", "_root", "immutable dictionary entries (key {0})");
        Holds("ImmutableSortedDictionary.Node", "_value", Entry);
        Holds("ImmutableSortedDictionary.Node", "_key", Key);
        InsideAs("ImmutableDictionary", "_root", Entry);
        InsideAs("ImmutableDictionary.Builder", "_root", Entry);
        Holds("SortedInt32KeyNode", "_value._firstValue.value|_value._firstValue", "immutable dictionary entry");
        Holds("SortedInt32KeyNode", "_value._firstValue.key", Key);
        Inside("SortedInt32KeyNode", "_value._additionalElements", "immutable dictionary entries");
        Inside("SortedInt32KeyNode", "_left|_right");
        InsideAs("ImmutableQueue", "_forwards|_backwards|_backwardsReversed", "immutable queue element");
        Holds("ImmutableStack", "_head", "immutable stack element");
        Inside("ImmutableStack", "_tail", "immutable stack elements");
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position)
    {
        string member = path.LabelAt(position).Member;
        if (path.DefinitionAt(position).StartsWith(Frozen, StringComparison.Ordinal))
        {
            return member switch
            {
                "_values" => HolderStep.Inside("frozen dictionary entries"),
                "_keys" => HolderStep.Inside("keys of a frozen dictionary"),
                "_items" or "_hashTable" => HolderStep.Inside("frozen set elements"),
                _ => null,
            };
        }

        bool ofFrozen = position > 0 && member.StartsWith("[x]", StringComparison.Ordinal) && path.DefinitionAt(position - 1).StartsWith(Frozen, StringComparison.Ordinal);
        return !ofFrozen ? base.Read(path, position) : path.LabelAt(position - 1).Member switch
        {
            "_values" => HolderStep.To("frozen dictionary entry"),
            "_keys" => HolderStep.To("key of a frozen dictionary entry"),
            _ => HolderStep.To("frozen set element"),
        };
    }
}
