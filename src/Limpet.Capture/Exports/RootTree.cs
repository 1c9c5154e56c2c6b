using System.Collections.Immutable;
using Limpet.Heap;

namespace Limpet.Capture.Exports;

/// <summary>The roots as other formats want them: one node of all, one of each kind, one of each name, and these hold the objects.</summary>
internal sealed class RootTree
{
    private RootTree(ImmutableArray<(RootKind Kind, ImmutableArray<(string Name, ImmutableArray<int> Targets)> Roots)> kinds) => Kinds = kinds;

    public ImmutableArray<(RootKind Kind, ImmutableArray<(string Name, ImmutableArray<int> Targets)> Roots)> Kinds { get; }

    /// <summary>Number of nodes that stand for roots, with the one of all.</summary>
    public int NodeCount => 1 + Kinds.Sum(kind => 1 + kind.Roots.Length);

    /// <summary>Number of references that lead from them, to each other and to objects.</summary>
    public int EdgeCount => Kinds.Sum(kind => 1 + kind.Roots.Sum(root => 1 + root.Targets.Length));

    /// <summary>Groups the roots of a graph; targets are new numbers, each once a name.</summary>
    public static RootTree Of(LiveNodes live) => new(
    [
        .. live.Graph.Roots
            .Where(root => !root.Target.IsNone)
            .GroupBy(root => root.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind => (kind.Key, kind.GroupBy(root => root.Name, StringComparer.Ordinal)
                .OrderBy(root => root.Key, StringComparer.Ordinal)
                .Select(root => (root.Key, root.Select(one => live.NumberOf(one.Target.Value)).Distinct().ToImmutableArray()))
                .ToImmutableArray())),
    ]);
}
