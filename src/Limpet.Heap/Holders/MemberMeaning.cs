namespace Limpet.Heap.Holders;

/// <summary>A family of types whose members mean something fixed: a table of generic definition, member and meaning.</summary>
internal sealed class MemberMeaning : IHolderMeaning
{
    private readonly Dictionary<(string Type, string Member), string> meanings = [];

    /// <summary>Creates a family.</summary>
    /// <param name="container">What the types' names begin with.</param>
    /// <param name="rows">Definition behind that beginning, members separated by <c>|</c>, meaning.</param>
    public MemberMeaning(string container, params ReadOnlySpan<(string Type, string Members, string Meaning)> rows)
    {
        foreach (var (type, members, meaning) in rows)
        {
            foreach (string member in members.Split('|'))
            {
                meanings.Add((container + type, member), meaning);
            }
        }
    }

    public string? Describe(TracePath path, int position) =>
        meanings.GetValueOrDefault((path.DefinitionAt(position), path.LabelAt(position).Member));
}
