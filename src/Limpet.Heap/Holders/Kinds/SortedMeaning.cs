namespace Limpet.Heap.Holders.Kinds;

/// <summary>Sorted sets and dictionaries, which keep their elements in a tree.</summary>
internal sealed class SortedMeaning : MemberTable
{
    public SortedMeaning()
        : base("System.Collections.Generic.")
    {
        Inside("SortedDictionary", "_set", "sorted dictionary entries (key {0})");
        Inside("SortedSet", "root", "sorted elements");
        Inside("SortedSet.TreeSubSet", "_underlying", "sorted elements");
        Inside("SortedSet.Node", "<Left>k__BackingField|<Right>k__BackingField", "sorted elements");
        Holds("SortedSet.Node", "<Item>k__BackingField", "sorted element");
        Inside("SortedDictionary.ValueCollection", "_dictionary");
        Inside("SortedDictionary.KeyCollection", "_dictionary");
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position)
    {
        // The elements of a sorted dictionary's tree are pairs.
        if (path.DefinitionAt(position) == "System.Collections.Generic.SortedSet.Node"
            && path.FamilyAt(position).Own is { Parts: [{ Arguments: [{ Parts: [{ Name: "System.Collections.Generic.KeyValuePair", Arguments: [var key, _] }] }] }, ..] })
        {
            return path.LabelAt(position).Member switch
            {
                "<Item>k__BackingField.value" => HolderStep.To(key.Definition == "System.__Canon" ? "sorted dictionary entry" : $"sorted dictionary entry (key {SourceNames.Of(key)})"),
                "<Item>k__BackingField.key" => HolderStep.To("key of a sorted dictionary entry"),
                _ => base.Read(path, position),
            };
        }

        return base.Read(path, position);
    }
}
