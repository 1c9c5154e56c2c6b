using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
using Limpet.Heap.Growth;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Makes findings of judged series. One leak is one finding, in however many metrics it shows: what grows with it is listed there.</summary>
internal sealed class HuntFindings(HuntEvidence evidence)
{
    /// <summary>Counters that are undecided for the leaks that were found, and for nothing else that is known. After <see cref="Build"/>.</summary>
    public ImmutableHashSet<string> Explained { get; private set; } = [];

    /// <summary>The findings, gravest first.</summary>
    public ImmutableArray<Finding> Build()
    {
        ImmutableArray<GrowthGroup> groups = Groups();
        LeakClaims claims = LeakClaims.Of(evidence, groups);
        Explained = claims.Explained;
        var words = new ResourceWords(evidence);
        var managed = new ManagedFindings(evidence, claims, words);
        var contents = new ContentFindings(evidence);
        Finding[] types = [.. new TypeFindings(evidence).Beside(groups)];
        return
        [
            .. Results.Verdicts.InOrder(
            [
                .. groups.Select(managed.Of),
                .. types,
                .. contents.All(isBesideObjects: !groups.IsEmpty || types.Length > 0),
                .. new CounterFindings(evidence, claims, groups, words).All(),
                .. new BoundedFindings(evidence).Beside(groups),
                .. contents.Bounded(),
                .. new DelayedFindings(evidence).All(),
            ]),
        ];
    }

    private ImmutableArray<GrowthGroup> Groups()
    {
        ImmutableArray<GrowthGroup> groups = GrowthGroups.Of(GrowingRoots(evidence.Run), evidence.Heap?.Merged);
        return ConnectionEnds.Join(groups, [.. groups.Select(group => CounterOwners.Sockets(group, evidence.From))], ConnectionEnds.Pairs([.. evidence.AddedSockets()]));
    }

    /// <summary>The places where objects accumulate.</summary>
    public static ImmutableArray<GrowthRoot> GrowingRoots(JudgedRun run) =>
        GrowthRoots.Find(run.Growth, series => run.Paths.GetValueOrDefault(series.Id) is { Grows: true });
}
