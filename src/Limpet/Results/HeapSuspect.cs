using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>A place that holds much. One capture does not tell a cache from a leak: a suspect is where to look, and no finding.</summary>
public sealed record HeapSuspect
{
    /// <summary>Why it is one.</summary>
    public required SuspectKind Kind { get; init; }

    /// <summary>Type of what accumulates, in C# spelling.</summary>
    public required string Subject { get; init; }

    /// <summary>Number of objects that accumulate; 1 for a large dominator.</summary>
    public required long Count { get; init; }

    /// <summary>What it keeps most of, by own size: for a large dominator, which is often an array.</summary>
    public ImmutableArray<NamedTally> Mostly { get; init; } = [];

    /// <summary>Bytes that would go with them.</summary>
    public required ByteSize Retained { get; init; }

    /// <summary>Their part of the heap, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The nearest member of the source that holds them, such as <c>field Shop.Store.orders</c>.</summary>
    public required string Container { get; init; }

    /// <summary>Type of what the member holds.</summary>
    public required string ContainerType { get; init; }

    /// <summary>Type of the object at which they accumulate; null where roots hold them themselves.</summary>
    public string? PointType { get; init; }

    /// <summary>Address of that object.</summary>
    public ulong? PointAddress { get; init; }

    /// <summary>Whether it should be there, as far as it is known.</summary>
    public required LeakingStatus Leaking { get; init; }

    /// <summary>Why that is believed.</summary>
    public required string Reason { get; init; }

    /// <summary>What holds one of the objects.</summary>
    public required RetentionTrace Holder { get; init; }

    /// <summary>Stable id of the trace's shape.</summary>
    public required string Signature { get; init; }

    /// <summary>What to change; null where heap and symbols do not show it.</summary>
    public string? Hint { get; init; }

    /// <summary>The line that adds, subscribes or captures, where it is known.</summary>
    public SourceLine? Source { get; init; }
}
