using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>
/// The result of <c>limpet diff</c>. Of two heaps it tells what changed. Of three or more it tells what came between the first and the second and is
/// still there in all later ones: (B − A) ∩ C.
/// </summary>
public sealed record DiffResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.diff/1";

    /// <summary>The heaps, in the order in which they were given.</summary>
    public required ImmutableArray<ComparedHeap> Heaps { get; init; }

    /// <summary>Places where objects came together, those with the most bytes first.</summary>
    public ImmutableArray<ContainerDelta> Containers { get; init; } = [];

    /// <summary>Number of further places.</summary>
    public int OmittedContainers { get; init; }

    /// <summary>Places whose collections have more elements while no more objects came below them, those first that got the most.</summary>
    public ImmutableArray<ContentDelta> Contents { get; init; } = [];

    /// <summary>Number of further places of this kind.</summary>
    public int OmittedContents { get; init; }

    /// <summary>Types, in the order that was asked for.</summary>
    public ImmutableArray<TypeDelta> Types { get; init; } = [];

    /// <summary>Number of further types.</summary>
    public int OmittedTypes { get; init; }

    /// <summary>Merged paths, in the order that was asked for.</summary>
    public ImmutableArray<PathDelta> Paths { get; init; } = [];

    /// <summary>Number of further paths.</summary>
    public int OmittedPaths { get; init; }
}
