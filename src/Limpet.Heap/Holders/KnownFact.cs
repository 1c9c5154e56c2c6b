using Limpet.Heap.Paths;

namespace Limpet.Heap.Holders;

/// <summary>Something that is known of a place in the runtime or in a common package.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What kind of fact it is.</param>
/// <param name="Module">Module whose version decides, without extension.</param>
/// <param name="Versions">Versions of the module that it is true of.</param>
/// <param name="Root">What the name of the root begins with; null when a type on the way decides.</param>
/// <param name="Type">Generic definition of a type on the way; ends in a dot for all types of a namespace.</param>
/// <param name="Member">Member of that type through which the way goes on; null for any.</param>
/// <param name="Most">Most objects that are ever held there, by each object of the type where one is named; null where no number is known.</param>
/// <param name="Says">The fact, in a sentence without a full stop.</param>
/// <param name="Hint">What to do; null where there is nothing.</param>
internal sealed record KnownFact(string Id, KnownFactKind Kind, string Module, VersionRange Versions, string? Root, string? Type, string? Member, int? Most, string Says, string? Hint)
{
    /// <summary>Whether it is true only of what was told no limit, neither of size nor of time.</summary>
    public bool Unlimited { get; init; }

    /// <summary>Whether the fact is about the object at a position. A module whose version a capture did not read is not ruled out.</summary>
    public bool IsAbout(TracePath path, int position) =>
        (!path.Graph.ModuleVersions.TryGetValue(Module, out Version? version) || Versions.Contains(version))
        && (Root is not null
            ? position == 0 && path.Root.Name.StartsWith(Root, StringComparison.Ordinal)
            : IsType(path, position) && !(Unlimited && IsLimited(path, position)) && (Member is null || (position < path.Nodes.Length - 1 && path.LabelAt(position).Member == Member)));

    private static bool IsLimited(TracePath path, int position) => StatedLimits.Describe(path.Graph, path.Nodes[position]) is not null
        || path.Nodes.Skip(position + 1).Any(part => StatedExpiries.Describe(path.Graph, part) is not null);

    private bool IsType(TracePath path, int position) => Type!.EndsWith('.')
        ? path.TypeAt(position).Name.StartsWith(Type, StringComparison.Ordinal)
        : path.Is(position, Type);
}
