using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>What the objects of one path node hold inside themselves, over the rounds: elements of collections, or bytes.</summary>
/// <param name="Path">The path node as the last round that has it knows it; its indexes belong to that round's tree.</param>
/// <param name="IsElements">Whether elements of collections are counted; else bytes of the objects.</param>
/// <param name="Values">By round.</param>
/// <param name="Compared">By round, what is compared: of elements <see cref="ElementCount.Beyond"/>.</param>
public sealed record ContentSeries(PathNode Path, bool IsElements, ImmutableArray<double> Values, ImmutableArray<double> Compared)
{
    /// <summary>The array of a collection lies so many steps below it at most: under a part of it that other parts hold.</summary>
    public const int PartSteps = 3;

    /// <summary>The path node's stable id.</summary>
    public ulong Id => Path.Id;

    /// <summary>Whether these are text or bytes in a buffer. One that is used again and again has as much in it as it was used for last.</summary>
    public bool IsOfBuffer => IsElements && FrameworkTypes.IsBuffer(Path.Type);

    /// <summary>Whether what is counted lies in several objects, which are one whole.</summary>
    public bool IsInPieces => IsElements && FrameworkTypes.IsInPieces(Path.Type);

    /// <summary>Whether the same number of objects was there in every round that counts, each time with something in it once there was.</summary>
    public bool HoldersStay { get; init; }
}
