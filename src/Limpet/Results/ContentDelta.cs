using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>A place whose collections have more elements, which are no objects of their own: numbers, structs, or objects that are there anyway.</summary>
/// <param name="Container">The nearest member of the source that holds the collections, such as <c>static field Shop.Log.durations</c>.</param>
/// <param name="Type">Type of the collections, in C# spelling.</param>
/// <param name="Path">The way to them.</param>
/// <param name="Elements">Elements by heap, of those collections that are large enough to be counted; 0 where none is.</param>
/// <param name="ElementsDelta">
/// Elements more than in the first heap: of two heaps the difference, of more the least that a later one has more. A collection that was too small to be counted is taken to have had as many as it
/// could, so that it may be more.
/// </param>
public sealed record ContentDelta(string Container, string Type, string Path, ImmutableArray<long> Elements, long ElementsDelta);
