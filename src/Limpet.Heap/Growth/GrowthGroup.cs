using System.Collections.Immutable;

namespace Limpet.Heap.Growth;

/// <summary>One leak: the growth root that a reader is told of, and those that are other sides of it, such as what the runtime keeps of the same objects.</summary>
/// <param name="Lead">What to call the leak by, and whose trace says what to mend.</param>
/// <param name="Others">Growth roots that go when the lead goes.</param>
public sealed record GrowthGroup(GrowthRoot Lead, ImmutableArray<GrowthRoot> Others)
{
    /// <summary>Threads on whose stacks the leak stands, each counted once; 0 when it stands on none, or on a few.</summary>
    public int Threads { get; init; }

    /// <summary>Those of <see cref="Others"/> that are more of the lead itself, such as the half of a list that is nearer to its other end.</summary>
    public ImmutableArray<GrowthRoot> OtherEnds { get; init; } = [];

    /// <summary>How many times the growth of the lead's subject the leak's is.</summary>
    public double TimesLead => OtherEnds.IsEmpty ? 1 : OtherEnds.Prepend(Lead).Sum(root => root.Subject.CountGrowth) / Math.Max(1, Lead.Subject.CountGrowth);

    /// <summary>Objects of the subject in the last round.</summary>
    public double Retained => OtherEnds.Prepend(Lead).Sum(root => root.Subject.Counts[^1]);

    /// <summary>Objects of the subject, by round.</summary>
    public IEnumerable<double> CountsByRound => Enumerable.Range(0, Lead.Subject.Counts.Length).Select(round => OtherEnds.Prepend(Lead).Sum(root => root.Subject.Counts[round]));

    /// <summary>The lead and the others.</summary>
    public IEnumerable<GrowthRoot> Roots => Others.Prepend(Lead);

    /// <summary>Everything that grows with the leak.</summary>
    public IEnumerable<PathSeries> Members => Roots.SelectMany(root => root.Members);

    /// <summary>Growth of the bytes of all that grows with the leak, from a round to the last. What one root holds below another is counted once.</summary>
    public double BytesGrowthFrom(int round) => Members.DistinctBy(member => member.Id).Sum(member => member.Bytes[^1] - member.Bytes[round]);

    /// <summary>Growth of all objects in the leak whose type <paramref name="isType"/> accepts, from the first round to the last.</summary>
    public double GrowthOf(Func<string, bool> isType) => Roots.Sum(root => root.GrowthOf(isType));
}
