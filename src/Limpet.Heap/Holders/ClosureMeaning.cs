namespace Limpet.Heap.Holders;

/// <summary>Objects that carry the captured variables of lambdas and local functions.</summary>
internal sealed class ClosureMeaning : IHolderMeaning
{
    public string? Describe(TracePath path, int position)
    {
        if (TypeNameParser.Parse(path.TypeAt(position).Name) is not { Parts: [.., { Made: ("", var role) }] }
            || !role.StartsWith("c__DisplayClass", StringComparison.Ordinal))
        {
            return null;
        }

        string name = SourceNames.Field(path.LabelAt(position).Member);
        return name switch
        {
            "this" => "captured this",
            "closure" => "enclosing closure",
            _ => $"captured variable {name}",
        };
    }
}
