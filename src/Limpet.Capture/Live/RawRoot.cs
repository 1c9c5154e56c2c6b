using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>A root as it was read while the target stood still; it is named afterwards.</summary>
/// <param name="Address">Object that it refers to, or a place inside one.</param>
/// <param name="Kind">What kind of place holds it.</param>
/// <param name="IsInterior">Whether <paramref name="Address"/> may lie inside the object.</param>
internal readonly record struct RawRoot(ulong Address, RootKind Kind, bool IsInterior)
{
    /// <summary>Method descriptor of the frame that holds it; 0 where it is no managed method's.</summary>
    public ulong Method { get; init; }

    public int ThreadId { get; init; }

    /// <summary>Its name where it is known at once.</summary>
    public string? Name { get; init; }
}
