using Limpet.Results;

namespace Limpet.Capture.EventPipe;

/// <summary>What shows that a heap that came by events is whole, or that it is not.</summary>
internal sealed record EventLosses
{
    /// <summary>A collection leaves what it reached, what waits for its finalizer, and little else: one in so many objects that refer to others.</summary>
    private const long UnreachedIsOneIn = 100;

    /// <summary>Events that the runtime dropped because its buffer was full, as the stream says.</summary>
    public required long EventsLost { get; init; }

    /// <summary>The memory that the runtime had for events that were not read yet.</summary>
    public required ByteSize Buffer { get; init; }

    /// <summary>Events of the walk that are missing by their numbers.</summary>
    public required long WalkEventsLost { get; init; }

    /// <summary>Whether the end of the collection was seen.</summary>
    public required bool HasEnd { get; init; }

    /// <summary>Objects that came.</summary>
    public required long Objects { get; init; }

    /// <summary>Objects that lie inside of others, or where none can lie.</summary>
    public required long ImpossibleObjects { get; init; }

    /// <summary>References that the objects are said to have.</summary>
    public required long AnnouncedReferences { get; init; }

    /// <summary>References that came.</summary>
    public required long References { get; init; }

    /// <summary>References to what is not among the objects.</summary>
    public required long DanglingReferences { get; init; }

    /// <summary>Types that have objects and no description.</summary>
    public required long UndescribedTypes { get; init; }

    /// <summary>Roots that hold an object.</summary>
    public required long Roots { get; init; }

    /// <summary>
    /// Objects that refer to others. The rest may lie where nothing is collected, with nothing that refers to them: strings of the source and objects of types.
    /// </summary>
    public required long Referring { get; init; }

    /// <summary>Those of <see cref="Referring"/> that no root reaches.</summary>
    public required long UnreachedReferring { get; init; }

    /// <summary>What is missing, the weightiest first; null when nothing is.</summary>
    public static string? Describe(EventLosses losses) =>
        losses.Objects == 0 ? "no object came: the runtime did not walk its heap"
        : losses.WalkEventsLost > 0 ? $"{losses.WalkEventsLost:N0} events of the heap walk were lost, with hundreds of objects or references each{Room(losses)}"
        : losses.AnnouncedReferences != losses.References ? $"the objects have {losses.AnnouncedReferences:N0} references, and {losses.References:N0} came"
        : losses.EventsLost > 0 ? $"{losses.EventsLost:N0} events were lost: the runtime wrote faster than they were read{Room(losses)}"
        : !losses.HasEnd ? "the end of the collection did not come: objects may be missing"
        : losses.ImpossibleObjects > 0 ? $"{losses.ImpossibleObjects:N0} objects lie where none can lie"
        : losses.DanglingReferences > 0 ? $"{losses.DanglingReferences:N0} references lead to objects that did not come"
        : losses.UndescribedTypes > 0 ? $"{losses.UndescribedTypes:N0} types have no name"
        : losses.Roots == 0 ? "no root came"
        : losses.UnreachedReferring > losses.Referring / UnreachedIsOneIn ? $"of {losses.Referring:N0} objects that refer to others no root reaches {losses.UnreachedReferring:N0}: roots are missing"
        : null;

    private static string Room(EventLosses losses) => $"; it may keep {losses.Buffer} that is not read yet, by the memory that the process may still have: leave it more, or capture when the machine is less busy";
}
