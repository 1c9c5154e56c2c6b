using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What else grows with a leak: the counters that it explains, then the types of the objects that go with it.</summary>
internal sealed class RelatedFigures(HuntEvidence evidence, ResourceWords words, LeakSubjects subjects)
{
    private const int MostTypes = 6;

    /// <summary>Types on fewer of the objects than this are left out.</summary>
    private const double SmallestShare = 0.1;

    public IEnumerable<RelatedGrowth> Of(GrowthGroup group, Judgement judgement, string subject, Func<string, double> shareOf)
    {
        foreach (string metric in (string[])[Metric.Threads, Metric.Descriptors, Metric.Timers, Metric.PendingAsync, Metric.NativeBytes])
        {
            if (shareOf(metric) is > 0 and double share)
            {
                yield return Rates.Related(judgement, metric, evidence.Rate(share, judgement), Detail(group, metric, share, subject));
            }
        }

        foreach (RelatedGrowth type in Types(group, judgement, subject))
        {
            yield return type;
        }
    }

    private string? Detail(GrowthGroup group, string metric, double share, string subject)
    {
        string? detail = metric switch
        {
            Metric.Threads => words.Thread(words.StartOf(group, share), share),
            Metric.Descriptors => subjects.Target(group),
            Metric.Timers => words.Timer(group) is { } callback ? "calls " + callback : null,
            Metric.NativeBytes => ResourceWords.Memory(evidence.LargestNativeGrowth()),
            _ => null,
        };
        return detail is null || subject.Contains(detail, StringComparison.Ordinal) ? null : detail;
    }

    private IEnumerable<RelatedGrowth> Types(GrowthGroup group, Judgement judgement, string subject)
    {
        int baseline = evidence.From;
        double least = SmallestShare * Math.Max(1, group.Lead.TopGrowth);
        return group.Members
            .GroupBy(member => member.Path.Type, StringComparer.Ordinal)
            .Select(type => (
                Name: SourceNames.Type(type.Key),
                IsUsers: FrameworkTypes.IsSubject(type.Key, type.First().Path.Traits),
                IsArray: (type.First().Path.Traits & TypeTraits.Array) != 0,
                Count: type.Sum(member => member.Counts[^1] - member.Counts[baseline]),
                Bytes: type.Sum(member => member.Bytes[^1] - member.Bytes[baseline])))
            .Where(type => type.Count >= least && type.Name != subject && !subject.Contains($"({type.Name})", StringComparison.Ordinal))
            .OrderByDescending(type => type.IsUsers)
            .ThenBy(type => type.IsArray)
            .ThenByDescending(type => type.Bytes)
            .ThenBy(type => type.Name, StringComparer.Ordinal)
            .Take(MostTypes)
            .Select(type => Rates.Related(judgement, type.Name, evidence.Rate(type.Count, judgement)));
    }
}
