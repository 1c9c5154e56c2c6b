using System.Collections.Immutable;
using Limpet.Heap.Holders;

namespace Limpet.Heap.Growth;

/// <summary>A place where objects accumulate: the topmost path that grows, and what grows below it. One leak is one of these, in however many types it shows.</summary>
public sealed record GrowthRoot
{
    /// <summary>The topmost growing path nodes: one, or those that stand side by side as elements of one array, such as the keys and values of a dictionary. The one that tells most is first.</summary>
    public required ImmutableArray<PathSeries> Tops { get; init; }

    /// <summary>What to call the leak by: the nearest path node with the same growth whose type is the user's; else the first of <see cref="Tops"/>.</summary>
    public required PathSeries Subject { get; init; }

    /// <summary>Bytes of the whole subtree, by round.</summary>
    public required ImmutableArray<double> Bytes { get; init; }

    /// <summary>Every changed path node of the subtree, the tops included.</summary>
    public required ImmutableArray<PathSeries> Members { get; init; }

    /// <summary>What holds it, in the words of the source.</summary>
    public required GrowthContainer Container { get; init; }

    /// <summary>The way to the subject as the runtime names it.</summary>
    public required string RawPath { get; init; }

    /// <summary>The subject's type in the words of the source, such as <c>Shop.OrderView</c> or <c>async OrderService.Start()</c>.</summary>
    public string SubjectName => SourceNames.Type(Subject.Path.Type);

    /// <summary>Objects of the subject, by round.</summary>
    public ImmutableArray<double> Counts => Subject.Counts;

    /// <summary>Objects of the top that grew most in the last round beyond those in the first.</summary>
    public double TopGrowth => Tops.Max(top => top.CountGrowth);

    /// <summary>Growth of all objects in the subtree whose type <paramref name="isType"/> accepts, from the first round to the last.</summary>
    public double GrowthOf(Func<string, bool> isType) => Members.Where(member => isType(member.Path.Type)).Sum(member => member.CountGrowth);
}
