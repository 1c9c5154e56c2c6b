using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The objects that a question of <c>limpet why</c> meant.</summary>
public sealed record WhyMatches
{
    /// <summary>Their type in C# spelling.</summary>
    public required string Type { get; init; }

    /// <summary>Address of the object that was asked for; null when a type was.</summary>
    public ulong? Address { get; init; }

    /// <summary>Number of objects, reachable or not.</summary>
    public required long Count { get; init; }

    /// <summary>Number of those that a root reaches; the others are garbage that was not collected yet.</summary>
    public required long RootedCount { get; init; }

    /// <summary>Those that no root reaches by the generation or heap in which they wait for a collection, such as <c>Gen2</c>.</summary>
    public ImmutableArray<NamedTally> Garbage { get; init; } = [];

    /// <summary>What looks at these without holding them, and with which collection they go; null when there are none.</summary>
    public WeakHold? Weak { get; init; }

    /// <summary>Whether a root reaches any of them.</summary>
    public bool Rooted => RootedCount > 0;
}
