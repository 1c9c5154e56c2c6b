using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>What holds the objects of a type, or one object.</summary>
public sealed record RetentionAnswer
{
    /// <summary>Name of the type in C# spelling.</summary>
    public required string Type { get; init; }

    /// <summary>Address of the object that was asked for; null when a type was.</summary>
    public ulong? Address { get; init; }

    /// <summary>Number of objects, reachable or not.</summary>
    public required long Count { get; init; }

    /// <summary>Number of those that a root reaches; the others are garbage that was not collected yet.</summary>
    public required long RootedCount { get; init; }

    /// <summary>The others by the generation or heap in which they wait for a collection.</summary>
    public required ImmutableArray<(HeapGeneration Generation, long Count)> Garbage { get; init; }

    /// <summary>What looks at the others without holding them; null when there are none.</summary>
    public WeakHold? Weak { get; init; }

    /// <summary>The ways that hold them, merged by shape, shortest first.</summary>
    public required ImmutableArray<RetentionGroup> Traces { get; init; }

    /// <summary>Number of further shapes that were not asked for.</summary>
    public int OmittedShapes { get; init; }

    /// <summary>Whether a root reaches any of them.</summary>
    public bool Rooted => RootedCount > 0;
}
