namespace Limpet.Heap.Holders;

/// <summary>
/// A component that is one holder for its user, whatever its parts are: all types of one namespace, with the collections between
/// them, are one element of a trace.
/// </summary>
internal abstract class NamespaceMeaning : IHolderMeaning
{
    private readonly string[] namespaces;

    /// <summary>Creates the kind.</summary>
    /// <param name="namespaces">What the names of the component's types begin with.</param>
    protected NamespaceMeaning(params string[] namespaces) => this.namespaces = namespaces;

    /// <inheritdoc />
    public HolderStep? Read(TracePath path, int position)
    {
        int first = FirstOf(path, position);
        if (first < 0)
        {
            return null;
        }

        int end = position + 1;
        while (end < path.Nodes.Length - 1 && (IsPart(path, end) || (IsCollection(path, end) && FirstOf(path, end) >= 0)))
        {
            end++;
        }

        return end == position + 1 ? HolderStep.To(Words(path, first, end)) : HolderStep.InsideAs(Words(path, first, end));
    }

    /// <summary>What the component holds.</summary>
    /// <param name="path">The way.</param>
    /// <param name="first">The first object of the component.</param>
    /// <param name="end">The first object behind it.</param>
    protected abstract string Words(TracePath path, int first, int end);

    /// <summary>Whether an object is part of the component.</summary>
    protected bool IsPart(TracePath path, int position) =>
        Array.Exists(namespaces, name => path.TypeAt(position).Name.StartsWith(name, StringComparison.Ordinal)) && !path.TypeAt(position).IsDelegate;

    /// <summary>The first object of the component that the one at a position is part of, or lies between parts of; -1 when it is none.</summary>
    private int FirstOf(TracePath path, int position)
    {
        int first = -1;
        for (int at = position; at >= 0 && (IsPart(path, at) || IsCollection(path, at)); at--)
        {
            first = IsPart(path, at) ? at : first;
        }

        return first;
    }

    private static bool IsCollection(TracePath path, int position) =>
        !path.TypeAt(position).IsDelegate && FrameworkTypes.IsPartOfCollection(path.TypeAt(position).Name, path.TypeAt(position).Traits);
}
