using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>What outlived its test, told in a few lines: what has one name and the same tests is one.</summary>
internal static class Leftovers
{
    /// <summary>Classes that may share a reading and yet be suspected, each, of what it shows.</summary>
    public const int MostSharing = 3;

    public static IEnumerable<LeftBehind> Of(
        IReadOnlyList<HeldItem> descriptors,
        IReadOnlyList<HeldItem> threads,
        IReadOnlyList<HeldItem> ofClasses,
        IEnumerable<(ImmutableArray<GuardedTest> Tests, long Count)> timers,
        string timerNames,
        IEnumerable<(ImmutableArray<GuardedTest> Tests, long Count)> nameless,
        List<GuardedClass> classes,
        List<SettledReading> readings,
        LeakGuardOptions options) =>
        Items(descriptors, FindingKind.ResourceLeak)
            .Concat(Items(threads, FindingKind.ThreadLeak))
            .Concat(Items(ofClasses, FindingKind.ResourceLeak).Select(left => left.Tests.IsEmpty ? left with { Note = "the classes that share the reading are too many to name" } : left))
            .Concat(timers.Select(timer => new LeftBehind(timer.Tests, FindingKind.TimerLeak, timerNames.Length == 0 ? "active timer" : $"active timer ({timerNames})", timer.Count, LeftStatus.Suspect) { Metric = ProcessView.TimerMetric, Note = NoteOf(timer.Tests) }))
            .Concat(Nameless(threads, nameless))
            .Concat(Bytes(classes, readings, options.SuspiciousGrowth));

    /// <summary>What is said of counts that many tests changed at the same time.</summary>
    private static string? NoteOf(ImmutableArray<GuardedTest> tests) => tests.IsEmpty ? "many tests that ran at the same time started some and ended some" : null;

    private static IEnumerable<LeftBehind> Items(IReadOnlyList<HeldItem> items, FindingKind kind) => items
        .GroupBy(item => (string.Join('|', item.Candidates), item.Name, item.Gone))
        .Select(group => new LeftBehind(
            group.First().Candidates, kind, group.Key.Name.What, group.Count(), group.Key.Gone ? LeftStatus.ReleasedLater : LeftStatus.Suspect)
        {
            Metric = group.Key.Name.Metric,
        });

    /// <summary>Threads without a name: what a test's number of threads rose by, without those that have one.</summary>
    private static IEnumerable<LeftBehind> Nameless(IReadOnlyList<HeldItem> threads, IEnumerable<(ImmutableArray<GuardedTest> Tests, long Count)> sums) =>
        from sum in sums
        let named = threads.Count(thread => thread.Candidates.SequenceEqual(sum.Tests))
        where sum.Count > named
        select new LeftBehind(sum.Tests, FindingKind.ThreadLeak, "thread without a name", sum.Count - named, LeftStatus.Suspect) { Metric = ProcessView.ThreadMetric, Note = NoteOf(sum.Tests) };

    /// <summary>
    /// Bytes belong to the classes that ended between two readings. The growth must still be there at the end. What many classes share, because they ran at the same time, is
    /// nobody's: it is suspected where it is more than each of them might have left, and stands in the readings where it is not.
    /// </summary>
    private static IEnumerable<LeftBehind> Bytes(List<GuardedClass> classes, List<SettledReading> readings, ByteSize suspicious)
    {
        for (int reading = 1; reading < readings.Count; reading++)
        {
            long growth = readings[reading].ManagedBytes.Bytes - readings[reading - 1].ManagedBytes.Bytes;
            int number = reading;
            ImmutableArray<GuardedTest> tests = [.. classes.Where(ended => ended.Reading == number).Select(ended => new GuardedTest(ended.Name, null))];
            bool nobodys = tests.Length > MostSharing;
            if (growth >= (nobodys ? tests.Length : 1) * suspicious.Bytes)
            {
                bool fell = readings[^1].ManagedBytes.Bytes <= readings[reading - 1].ManagedBytes.Bytes;
                yield return new LeftBehind(nobodys ? [] : tests, FindingKind.ManagedLeak, "live managed bytes", growth, fell ? LeftStatus.ReleasedLater : LeftStatus.Suspect)
                {
                    Metric = ProcessView.BytesMetric,
                    Note = nobodys ? $"{tests.Length} classes share a reading" : null,
                };
            }
        }
    }
}
