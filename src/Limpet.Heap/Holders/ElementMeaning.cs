namespace Limpet.Heap.Holders;

/// <summary>Elements of arrays that a collection keeps its elements in: the array alone does not know what it is for.</summary>
internal sealed class ElementMeaning : IHolderMeaning
{
    private static readonly Dictionary<(string Type, string Member), string> Elements = new()
    {
        [("System.Collections.Generic.List", "_items")] = "list element",
        [("System.Collections.ArrayList", "_items")] = "list element",
        [("System.Collections.Generic.Queue", "_array")] = "queue element",
        [("System.Collections.Generic.Stack", "_array")] = "stack element",
        [("System.Collections.Concurrent.ConcurrentBag.WorkStealingQueue", "_array")] = "bag element",
        [("System.Collections.Generic.Deque", "_array")] = "queue element",
        [("System.Collections.Immutable.ImmutableArray.Builder", "_elements")] = "array element",
    };

    public string? Describe(TracePath path, int position) =>
        position > 0 && path.LabelAt(position).Kind == "ArrayElement"
            ? Elements.GetValueOrDefault((path.DefinitionAt(position - 1), path.LabelAt(position - 1).Member))
            : null;
}
