using System.Collections.Immutable;

namespace Limpet.Heap.Holders;

/// <summary>
/// A kind of holder that is told by names: generic definition of the type, or of a base class of it, and member. Words may name
/// generic arguments: <c>{0}</c> is the first one of the type; where it is not known, the bracket around it is left out.
/// </summary>
internal abstract class MemberTable : IHolderMeaning
{
    private readonly Dictionary<(string Type, string Member), HolderStep> steps = [];
    private readonly Dictionary<(string Type, string Member), string> elements = [];
    private readonly string container;

    /// <summary>Creates a table.</summary>
    /// <param name="container">What the names of its types begin with.</param>
    protected MemberTable(string container) => this.container = container;

    /// <summary>What the table rests on: each is a private field of some runtime or package.</summary>
    public IEnumerable<(string Type, string Member)> Members => steps.Keys;

    /// <inheritdoc />
    public virtual HolderStep? Read(TracePath path, int position)
    {
        string member = path.LabelAt(position).Member;
        if (position > 0 && member.StartsWith("[x]", StringComparison.Ordinal) && Find(elements, path, position - 1, path.LabelAt(position - 1).Member) is var (words, argument, _))
        {
            return HolderStep.To(Fill(words, argument) + Rest(member[3..]));
        }

        return Find(steps, path, position, member) is var (step, own, rest) ? step.With(text => Fill(text, own) + Rest(rest)) : null;
    }

    /// <summary>Members through which the holder holds something.</summary>
    /// <param name="type">Definition behind the container.</param>
    /// <param name="members">Members, separated by <c>|</c>: names that differ between versions stand side by side.</param>
    /// <param name="words">What is held.</param>
    protected void Holds(string type, string members, string words) => Add(type, members, HolderStep.To(words));

    /// <summary>Members that lead to a part of the holder.</summary>
    protected void Inside(string type, string members, string? otherwise = null) => Add(type, members, HolderStep.Inside(otherwise));

    /// <summary>Members that lead to a part of the holder and tell already what is held there.</summary>
    protected void InsideAs(string type, string members, string words) => Add(type, members, HolderStep.InsideAs(words));

    /// <summary>Members that lead to an array, whose elements are what is held.</summary>
    protected void Elements(string type, string members, string words)
    {
        Add(type, members, HolderStep.Inside(words));
        foreach (string member in members.Split('|'))
        {
            elements.Add((container + type, member), words);
        }
    }

    private void Add(string type, string members, HolderStep step)
    {
        foreach (string member in members.Split('|'))
        {
            steps.Add((container + type, member), step);
        }
    }

    /// <summary>Finds a member, or the field that a struct lies in of which it is a field.</summary>
    private static (T Found, Func<int, string?> Argument, string Remainder)? Find<T>(Dictionary<(string Type, string Member), T> table, TracePath path, int position, string member)
    {
        TypeFamily family = path.FamilyAt(position);
        for (int relative = 0; relative < family.Definitions.Length; relative++)
        {
            string definition = family.Definitions[relative];
            for (int end = member.Length; end > 0; end = member.LastIndexOf('.', end - 1))
            {
                if (table.TryGetValue((definition, member[..end]), out T? found))
                {
                    int own = relative;
                    return (found, index => family.Argument(own, index), member[end..]);
                }
            }
        }

        return null;
    }

    private static string Rest(string rest) => rest.Length == 0 ? "" : ", field " + SourceNames.Field(rest.TrimStart('.'));

    private static string Fill(string words, Func<int, string?> argument)
    {
        int open = words.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return words;
        }

        if (argument(words[open + 1] - '0') is { } text)
        {
            return string.Concat(words.AsSpan(0, open), text, words.AsSpan(open + 3));
        }

        int bracket = words.LastIndexOf(" (", open, StringComparison.Ordinal);
        return bracket < 0 ? words : words.Remove(bracket, words.IndexOf(')', open) + 1 - bracket);
    }
}
