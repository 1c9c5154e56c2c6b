using System.Globalization;
using Limpet.Heap.Holders;

namespace Limpet.Heap.Paths;

/// <summary>Objects of one place that follow each other on a way and are one element of its trace.</summary>
/// <param name="Before">How many come before the one that is left; 0 for one that stands alone.</param>
/// <param name="Link">The member through which each holds the next; null where they differ, or where something lies between.</param>
internal readonly record struct TraceRow(int Before, string? Link)
{
    /// <summary>What an element says of it; null for one that stands alone.</summary>
    public string? Words => Before == 0 ? null
        : Link is null ? string.Create(CultureInfo.InvariantCulture, $"({Before + 1L:N0} in a row)")
        : string.Create(CultureInfo.InvariantCulture, $"({Before + 1L:N0} in a row through {SourceNames.Field(Link)})");

    /// <summary>The row with one more object at its end, held through <paramref name="link"/>.</summary>
    public TraceRow With(string? link) => new(Before + 1, Before == 0 || Link == link ? link : null);
}
