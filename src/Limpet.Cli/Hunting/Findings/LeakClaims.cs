using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap.Growth;
using Limpet.Resources;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What of each counter's growth each leak explains, and what is left as a leak of its own.</summary>
internal sealed class LeakClaims
{
    private static readonly string[] Counted = [Metric.Threads, Metric.Descriptors, Metric.Timers, Metric.PendingAsync];

    /// <summary>Share of native growth that loader heaps and code have where assemblies are loaded or made: most of it is their metadata.</summary>
    private const double SmallestCode = 0.1;
    private readonly Dictionary<string, CounterClaims> claims = [];

    private LeakClaims()
    {
    }

    public static LeakClaims Of(HuntEvidence evidence, ImmutableArray<GrowthGroup> groups)
    {
        var owners = new CounterOwners(evidence.Heap?.Merged);
        var leaks = new LeakClaims();
        foreach (string metric in Counted)
        {
            Judgement? judgement = evidence.Run.Counters.GetValueOrDefault(metric);
            double growth = judgement is { Grows: true } or { Shape: GrowthShape.Undecided } ? evidence.GrowthOf(metric) : 0;
            double[] held = metric == Metric.Descriptors
                ? owners.DescriptorsOf(groups, growth, evidence.From)
                : [.. groups.Select(group => CounterOwners.OwnedBy(group, metric, evidence.From))];
            leaks.claims[metric] = judgement is { Shape: GrowthShape.Undecided } ? CounterClaims.OfUndecided(growth, held) : CounterClaims.Divide(growth, held);
            if (judgement is { Shape: GrowthShape.Undecided } && leaks.claims[metric].ExplainsAll(growth))
            {
                leaks.Explained = leaks.Explained.Add(metric);
            }
        }

        leaks.claims[Metric.NativeBytes] = leaks.Native(evidence, groups, owners);
        return leaks;
    }

    /// <summary>Counters on which there is no decision, and whose growth the leaks explain, as they would if it were decided to be one: it is no reason to doubt anything else.</summary>
    public ImmutableHashSet<string> Explained { get; private set; } = [];

    /// <summary>Growth of a counter that a leak explains; 0 when it explains none.</summary>
    public double ShareOf(int group, string metric) => claims[metric].Shares[group];

    /// <summary>
    /// Whether the descriptors that no leak explains are sockets (true), anything else (false), or whatever came (null), by what the leaks hold; nothing can be told of them where
    /// <paramref name="isKnown"/> is false.
    /// </summary>
    public bool? SocketsLeft(HuntEvidence evidence, ImmutableArray<GrowthGroup> groups, out bool isKnown)
    {
        bool?[] held = [.. groups.Where((_, place) => ShareOf(place, Metric.Descriptors) > 0).Select(group => CounterOwners.HoldsSockets(group, evidence.From)).Distinct()];
        isKnown = held is [] or [not null];
        return held is [{ } sockets] ? !sockets : null;
    }

    /// <summary>Growth of a counter that no leak explains.</summary>
    public double Rest(string metric) => claims[metric].Rest;

    private CounterClaims Native(HuntEvidence evidence, ImmutableArray<GrowthGroup> groups, CounterOwners owners)
    {
        Judgement? judgement = evidence.Run.Counters.GetValueOrDefault(Metric.NativeBytes);
        double growth = judgement is { Grows: true } or { Shape: GrowthShape.Undecided } ? evidence.GrowthOf(Metric.NativeBytes) : 0;
        bool isCode = evidence.NativeGrowthOf(MemoryAreaKind.CodeAndTypes) >= SmallestCode * growth;
        double threads = claims[Metric.Threads].Rest * NativeClaims.PerThread;
        ImmutableArray<double> most =
        [
            .. groups.Select((group, place) => owners.OwnsMemory(group, evidence.From) || (isCode && MakesCode(group))
                ? double.PositiveInfinity
                : (ShareOf(place, Metric.Threads) * NativeClaims.PerThread)
                    + (Counted.Skip(1).Sum(metric => ShareOf(place, metric)) * NativeClaims.PerResource)
                    + (group.BytesGrowthFrom(evidence.From) * NativeClaims.PerManagedByte)),
            threads,
        ];
        int explains = NativeClaims.Explain(growth, most);
        if (judgement is { Shape: GrowthShape.Undecided })
        {
            // What it may cost is an upper bound: enough to doubt nothing else, and not to be shown as what it did cost.
            Explained = explains < 0 ? Explained : Explained.Add(Metric.NativeBytes);
            return new CounterClaims([.. groups.Select(_ => 0.0)], 0);
        }

        return new CounterClaims([.. groups.Select((_, place) => place == explains ? growth : 0)], explains < 0 ? growth : 0);
    }

    /// <summary>Whether a leak holds code that was made or loaded while the program ran.</summary>
    public static bool MakesCode(GrowthGroup group) => group.Members.Any(member =>
        member.Path.Type.StartsWith("System.Reflection.", StringComparison.Ordinal)
        || member.Path.Type.StartsWith("System.Runtime.Loader.", StringComparison.Ordinal)
        || member.Path.Type is "System.RuntimeType" or "System.Runtime.CompilerServices.RuntimeTypeHandle");
}
