using System.Collections.Immutable;
using System.Globalization;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Watching.Judging;

/// <summary>
/// Says whether the memory of a process grows over phases. Once is no leak: caches are filled, modules loaded, and allocators keep what was freed. Growth
/// that a second phase needs again is none of these. Pure.
/// </summary>
internal static class MemoryJudge
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Share of the memory at the start that a step must have.</summary>
    private const double SmallestShare = 0.05;

    /// <summary>Share of the middle step that another must have to be of the same kind.</summary>
    private const double SameKind = 0.25;

    /// <summary>Share of a phase's growth that must be there at the end.</summary>
    private const double StayingShare = 0.5;

    /// <summary>Growth of this size in two phases is enough; smaller growth must come three times.</summary>
    private const double Large = 12 * Mebibyte;

    private const int Repeated = 3;

    private static readonly string[] Collected = ["node", "java", "dotnet", "ruby", "mono", "deno", "bun"];

    private static readonly VerdictOptions Even = new()
    {
        RequireDose = false,
        MinimumRounds = 12,
        MinimumOperations = 12,
        MinimumDuration = TimeSpan.Zero,
        NoiseFloorBytes = 4 * Mebibyte,
        BytesPerOperation = 64 * 1024,
    };

    /// <summary>Judges one process.</summary>
    /// <param name="name">Name of its program: those that collect garbage grow for a while without a leak.</param>
    /// <param name="levels">Its memory at the start of phase 0, 1, …, and at the end of the last one; NaN where it was not read.</param>
    /// <param name="arenas">Of it, mapped for arenas of <c>malloc</c>.</param>
    /// <param name="ends">When each level was read, in seconds.</param>
    public static MemoryClaim Judge(string name, IReadOnlyList<double> levels, IReadOnlyList<double> arenas, IReadOnlyList<double> ends)
    {
        bool collected = Collected.Contains(name.ToLowerInvariant());
        int count = levels.Count - 1;
        double[] rest = new double[levels.Count];
        rest[count] = levels[count];
        for (int i = count - 1; i >= 0; i--)
        {
            rest[i] = double.IsNaN(levels[i]) ? rest[i + 1] : double.IsNaN(rest[i + 1]) ? levels[i] : Math.Min(levels[i], rest[i + 1]);
        }

        double first = levels.FirstOrDefault(level => !double.IsNaN(level), 0);
        double smallest = Math.Max((collected ? 8 : 3) * Mebibyte, SmallestShare * first);
        var steps = ImmutableArray.CreateBuilder<MemoryStep>();
        for (int i = 0; i < count; i++)
        {
            double grown = levels[i + 1] - levels[i];
            double stays = rest[i + 1] - levels[i];
            if (grown >= Mebibyte && stays >= StayingShare * grown)
            {
                steps.Add(new MemoryStep(i, Math.Min(grown, stays), arenas[i + 1] - arenas[i]));
            }
        }

        // Growth where the allocator keeps what was freed may be a store of it: it counts when it is needed again and again, and alone.
        MemoryStep[] sure = OfOneKind(steps.Where(step => step.Bytes >= smallest && !step.MayBeKept));
        MemoryStep[] perhaps = OfOneKind(steps.Where(step => step.Bytes >= smallest && step.MayBeKept));
        MemoryStep[] large = perhaps.Length >= Repeated ? [.. sure.Concat(perhaps).OrderBy(step => step.Phase)] : sure;
        int[] phases = [.. large.Select(step => step.Phase)];
        double total = large.Sum(step => step.Bytes);
        bool repeated = large.Length >= Repeated || (large.Length == 2 && large.All(step => step.Bytes >= Large) && !collected);
        double last = levels.LastOrDefault(level => !double.IsNaN(level), 0);
        MemoryClaim claim = new(name, steps.ToImmutable(), [], null) { Last = last, Collected = collected };
        if (repeated && total >= (collected ? 48 : 6) * Mebibyte && !LeftoverJudge.IsWarming(phases, count))
        {
            return claim with
            {
                Leaking = [.. phases],
                Reason = string.Create(CultureInfo.InvariantCulture, $"{phases.Length} of {count} phases took {new ByteSize((long)(total / phases.Length))} each on average and none of it was given back"),
            };
        }

        return Evenly(claim, levels, ends, collected);
    }

    private static MemoryStep[] OfOneKind(IEnumerable<MemoryStep> steps)
    {
        MemoryStep[] all = [.. steps];
        double middle = all.Length == 0 ? 0 : all.OrderBy(step => step.Bytes).ElementAt(all.Length / 2).Bytes;
        return [.. all.Where(step => step.Bytes >= SameKind * middle)];
    }

    /// <summary>Slow growth over all phases, each of which takes too little to be named.</summary>
    private static MemoryClaim Evenly(MemoryClaim claim, IReadOnlyList<double> levels, IReadOnlyList<double> ends, bool collected)
    {
        if (levels.Count <= Even.MinimumRounds)
        {
            return claim;
        }

        ImmutableArray<Round> rounds = [.. levels.Select((_, i) => new Round(i < 3 ? RoundKind.Warmup : RoundKind.Base, 1, 0, TimeSpan.FromSeconds(ends[i]), TimeSpan.Zero))];
        Judgement judgement = GrowthJudge.Judge(
            new RunHistory(rounds, DriveMode.Operations),
            new Series("memory", MetricNature.Bytes, [.. levels]),
            collected ? Even with { NoiseFloorBytes = 48 * Mebibyte } : Even,
            budgetUsedUp: false);
        return judgement.Shape == GrowthShape.Growing
            ? claim with { Even = true, PerPhase = judgement.PerOperation, Reason = "over all phases: " + judgement.Reason }
            : claim;
    }
}
