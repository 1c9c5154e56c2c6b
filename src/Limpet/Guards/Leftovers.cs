using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>What outlived its test, told in a few lines: what has one name and the same tests is one.</summary>
internal static class Leftovers
{
    public static IEnumerable<LeftBehind> Of(
        IReadOnlyList<HeldItem> descriptors,
        IReadOnlyList<HeldItem> threads,
        IEnumerable<(ImmutableArray<GuardedTest> Tests, long Count)> timers,
        List<GuardedClass> classes,
        List<SettledReading> readings,
        LeakGuardOptions options) =>
        Items(descriptors, FindingKind.ResourceLeak)
            .Concat(Items(threads, FindingKind.ThreadLeak))
            .Concat(timers.Select(timer => new LeftBehind(timer.Tests, FindingKind.TimerLeak, "active timer", timer.Count, LeftStatus.Suspect) { Metric = ProcessView.TimerMetric }))
            .Concat(Bytes(classes, readings, options.SuspiciousGrowth));

    private static IEnumerable<LeftBehind> Items(IReadOnlyList<HeldItem> items, FindingKind kind) => items
        .GroupBy(item => (string.Join('|', item.Candidates), item.Name, item.Gone))
        .Select(group => new LeftBehind(
            group.First().Candidates, kind, group.Key.Name.What, group.Count(), group.Key.Gone ? LeftStatus.ReleasedLater : LeftStatus.Suspect)
        {
            Metric = group.Key.Name.Metric,
        });

    /// <summary>Bytes belong to the classes that ended between two readings. The growth must still be there at the end.</summary>
    private static IEnumerable<LeftBehind> Bytes(List<GuardedClass> classes, List<SettledReading> readings, ByteSize suspicious)
    {
        for (int reading = 1; reading < readings.Count; reading++)
        {
            long growth = readings[reading].ManagedBytes.Bytes - readings[reading - 1].ManagedBytes.Bytes;
            if (growth >= suspicious.Bytes)
            {
                int number = reading;
                ImmutableArray<GuardedTest> tests = [.. classes.Where(ended => ended.Reading == number).Select(ended => new GuardedTest(ended.Name, null))];
                bool fell = readings[^1].ManagedBytes.Bytes <= readings[reading - 1].ManagedBytes.Bytes;
                yield return new LeftBehind(tests, FindingKind.ManagedLeak, "live managed bytes", growth, fell ? LeftStatus.ReleasedLater : LeftStatus.Suspect)
                {
                    Metric = ProcessView.BytesMetric,
                };
            }
        }
    }
}
