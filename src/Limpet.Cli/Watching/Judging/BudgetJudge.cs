using System.Collections.Immutable;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Phases;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Holds what was measured against what the user allows.</summary>
internal static class BudgetJudge
{
    /// <summary>The budgets that were stated, and lost processes if there were any.</summary>
    /// <param name="budgets">What is allowed.</param>
    /// <param name="tree">The tree after the run.</param>
    /// <param name="facts">How the run went.</param>
    /// <param name="kept">Memory that each phase took and kept.</param>
    public static IEnumerable<BudgetResult> Judge(BudgetOptions budgets, WatchTree tree, RunFacts facts, IReadOnlyDictionary<int, double> kept)
    {
        if (budgets.MaxRss is { } rss)
        {
            yield return Of("max-rss", rss, facts.PeakMemory > 0 ? facts.PeakMemory : null);
        }

        if (budgets.MaxDescriptors is { } descriptors)
        {
            yield return Of("max-fds", descriptors, tree.Ended.Concat(tree.Alive).Max(process => process.PeakDescriptors));
        }

        if (budgets.MaxThreads is { } threads)
        {
            yield return Of("max-threads", threads, facts.Peak.Threads);
        }

        if (budgets.MaxGrowthPerPhase is { } growth)
        {
            yield return Of("max-growth-per-phase", growth, tree.Book.Named.Any() && !tree.Book.Overlaps ? kept.Values.DefaultIfEmpty(0).Max() : null);
        }

        if (budgets.ReturnToBaseline is { } share)
        {
            yield return Of("return-to-baseline", share * 100, Above(tree.Book) * 100);
        }

        if (facts.OomKills > 0)
        {
            yield return new BudgetResult("oom-kills", 0, facts.OomKills, Broken: true);
        }
    }

    /// <summary>What became of the budgets, to be put behind a reason; empty without any. One that was not measured was not kept either.</summary>
    public static string Held(IReadOnlyCollection<BudgetResult> budgets)
    {
        static string Names(IEnumerable<BudgetResult> some) => string.Join(", ", some.Select(budget => budget.Name));
        BudgetResult[] broken = [.. budgets.Where(budget => budget.Broken)], unmeasured = [.. budgets.Where(budget => !budget.Broken && budget.Measured is null)];
        int kept = budgets.Count - broken.Length - unmeasured.Length;
        return (broken.Length > 0 ? $"; broken: {Names(broken)}" : kept == 0 ? "" : kept < budgets.Count ? $"; kept: {Names(budgets.Except(unmeasured))}" : kept == 1 ? "; the budget was kept" : $"; all {kept} budgets were kept")
            + (unmeasured.Length > 0 ? $"; not measured: {Names(unmeasured)}" : "");
    }

    /// <summary>The phases that break the budget of growth.</summary>
    public static IEnumerable<int> Growing(BudgetOptions budgets, IReadOnlyDictionary<int, double> kept) =>
        budgets.MaxGrowthPerPhase is { } limit ? kept.Where(phase => phase.Value > limit).Select(phase => phase.Key).Order() : [];

    /// <summary>What each phase took and kept, over all processes; without what may be the allocator's own store where that is excused and came once, or garbage that was not collected.</summary>
    public static IReadOnlyDictionary<int, double> Kept(BudgetOptions budgets, IEnumerable<MemoryClaim> claims)
    {
        Dictionary<int, double> kept = [];
        foreach (MemoryClaim claim in claims)
        {
            bool excused = budgets.ExcuseAllocator && claim.Steps.Count(step => step.MayBeKept && step.Bytes > budgets.MaxGrowthPerPhase) < 2;
            foreach (MemoryStep step in claim.Steps.Where(step => !(excused && step.MayBeKept) && !(budgets.ExcuseAllocator && claim.Collected && !claim.Leaking.Contains(step.Phase))))
            {
                kept[step.Phase] = kept.GetValueOrDefault(step.Phase) + step.Bytes;
            }
        }

        return kept;
    }

    /// <summary>How far the reading behind the last phase is above the one before the first, as a share; the largest of all metrics.</summary>
    private static double? Above(PhaseBook book)
    {
        Phase[] phases = [.. book.Named];
        if (phases.Length == 0)
        {
            return null;
        }

        TreePulse first = phases[0].Before;
        TreePulse last = phases[^1].After is { Processes: > 0 } after ? after : phases[^1].Before;
        Phase? behind = book.Ended.FirstOrDefault(phase => phase.Number == phases[^1].Number + 1);
        last = behind is { Name: null, After.Processes: > 0 } ? behind.After : last;
        return new (double Before, double After)[]
        {
            (first.Pss ?? first.Rss, first.Pss is null ? last.Rss : last.Pss ?? last.Rss),
            (first.Descriptors ?? 0, last.Descriptors ?? 0),
            (first.Threads, last.Threads),
            (first.Children, last.Children),
        }.Max(pair => pair.After <= pair.Before ? 0 : pair.Before > 0 ? (pair.After - pair.Before) / pair.Before : 1);
    }

    private static BudgetResult Of(string name, double limit, double? measured) => new(name, limit, measured, measured > limit);
}
