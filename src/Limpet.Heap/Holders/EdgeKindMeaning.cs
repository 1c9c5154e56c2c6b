namespace Limpet.Heap.Holders;

/// <summary>Holds that are no member of the holder: dependent handles and loader allocators.</summary>
internal sealed class EdgeKindMeaning : IHolderMeaning
{
    public string? Describe(TracePath path, int position) => path.LabelAt(position).Kind switch
    {
        "DependentHandle" => "value of a ConditionalWeakTable, kept by its key",
        "LoaderAllocator" => "its type belongs to an assembly that can be unloaded, and keeps it loaded",
        _ => null,
    };
}
