namespace Limpet.Heap.Holders.Kinds;

/// <summary>Holds that are no member of the holder: dependent handles and loader allocators.</summary>
internal sealed class EdgeKindMeaning : IHolderMeaning
{
    public HolderStep? Read(TracePath path, int position) => path.LabelAt(position).Kind switch
    {
        "DependentHandle" => HolderStep.To("value of a ConditionalWeakTable, kept by its key"),
        "LoaderAllocator" => HolderStep.To("its type belongs to an assembly that can be unloaded, and keeps it loaded"),
        _ => null,
    };
}
