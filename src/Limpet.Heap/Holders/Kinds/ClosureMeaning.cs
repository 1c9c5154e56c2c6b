namespace Limpet.Heap.Holders.Kinds;

/// <summary>Objects that carry the captured variables of lambdas and local functions.</summary>
internal sealed class ClosureMeaning : IHolderMeaning
{
    public HolderStep? Read(TracePath path, int position)
    {
        if (!IsClosure(path, position))
        {
            return null;
        }

        if (IsClosure(path, position + 1) && position + 1 < path.Nodes.Length - 1)
        {
            return HolderStep.Inside("enclosing closure");
        }

        string name = SourceNames.Field(path.LabelAt(position).Member);
        return HolderStep.To(name switch
        {
            "this" => "captured this",
            "closure" => "enclosing closure",
            _ => $"captured variable {name}",
        });
    }

    public static bool IsClosure(TracePath path, int position) =>
        path.FamilyAt(position).Own is { Parts: [.., { Made: ("", var role) }] } && role.StartsWith("c__DisplayClass", StringComparison.Ordinal);
}
