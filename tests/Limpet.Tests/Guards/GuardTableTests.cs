using Limpet.Guards;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Tests.Guards;

/// <summary>The table, and the summary file against its published schema.</summary>
public sealed class GuardTableTests
{
    private static readonly GuardedTest Sends = new("Desk.CourierTests", "Sends");
    private static readonly GuardedTest Writes = new("Desk.JournalTests", "Writes");

    private static GuardResult Sample { get; } = new()
    {
        StartedAt = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        DurationSeconds = 2.5,
        Framework = "xUnit",
        Tests = 40,
        Classes = [new GuardedClass("Desk.CourierTests", 30, 1), new GuardedClass("Desk.JournalTests", 10, 1)],
        Readings = [new SettledReading(new ByteSize(1 << 20), 30, 2, 0), new SettledReading(new ByteSize(3 << 20), null, null, 1)],
        Overhead = TimeSpan.FromMilliseconds(4),
        Left =
        [
            new LeftBehind([Sends, Writes], FindingKind.ThreadLeak, "thread 'courier-*'", 2, LeftStatus.Confirmed) { Metric = "Thread", Culprit = Sends, Dose = new DoseOfRuns(4, 6, 6, 12, 12) },
            new LeftBehind([Writes], FindingKind.ResourceLeak, "file /srv/journal.txt", 1, LeftStatus.NotConfirmed) { Metric = "File", Note = "alone, it failed in 22 of 22 runs" },
            new LeftBehind([new GuardedTest("Desk.JournalTests", null)], FindingKind.ManagedLeak, "live managed bytes", 2 << 20, LeftStatus.FirstUseOnly) { Metric = "ManagedBytes", Dose = new DoseOfRuns(4, 6, 96, 12, -24) },
            new LeftBehind([Sends, Writes], FindingKind.TimerLeak, "active timer", 1, LeftStatus.Suspect) { Metric = "Timer" },
            new LeftBehind([], FindingKind.ResourceLeak, "socket", 1, LeftStatus.ReleasedLater) { Metric = "Socket" },
        ],
    };

    [Fact]
    public void Table_OfARun_SaysWhichTestLeftWhat() => Assert.Equal(
        """
        leak guard  Leak: 1 of 5 things that tests left behind was left again by each further run of the test alone.
                    40 tests in 2 classes, 2 settled readings, 0.10 ms a test
                    live managed bytes 1.00 MiB before the tests, 3.00 MiB after; threads not read, descriptors not read
          2 thread 'courier-*'         LEAK: 6 runs alone left 6, 12 left 12             Desk.CourierTests.Sends
          1 file /srv/journal.txt      not confirmed: alone, it failed in 22 of 22 runs  Desk.JournalTests.Writes
          2.00 MiB live managed bytes  first use only: 18 more runs alone left 72 B      Desk.JournalTests (class)
          1 active timer               suspect                                           one of Desk.CourierTests.Sends, Desk.JournalTests.Writes, which ran at the same time
          1 socket                     released before the end of the run                (no test to name)

        """,
        GuardTable.Of(Sample));

    [Fact]
    public void Table_OfARunThatLeftNothing_SaysSo() => Assert.Equal(
        """
        leak guard  Clean: 40 tests left nothing behind. Live managed bytes grew by 2.00 MiB over 2 classes, and none is charged with it: for that it takes 1.00 MiB between two readings.
                    40 tests in 2 classes, 2 settled readings, 0.10 ms a test
                    live managed bytes 1.00 MiB before the tests, 3.00 MiB after; threads not read, descriptors not read

        """,
        GuardTable.Of(Sample with { Left = [] }));

    /// <summary>What the table lists is told there; the rest is said whatever else was left.</summary>
    [Fact]
    public void Reason_GrowthBesideWhatIsListed_IsSaid()
    {
        GuardResult more = Sample with { Readings = [Sample.Readings[0], Sample.Readings[1] with { ManagedBytes = new ByteSize(5 << 20) }] };

        Assert.Equal(
            "1 of 5 things that tests left behind was left again by each further run of the test alone. Live managed bytes grew by 2.00 MiB more over 2 classes, and none is charged with it: for that it takes 1.00 MiB between two readings.",
            more.Reason);
        Assert.Equal("1 of 5 things that tests left behind was left again by each further run of the test alone.", (more with { SuspiciousGrowth = new ByteSize(3 << 20) }).Reason);
    }

    /// <summary>What classes share that ran at the same time is charged to nobody before it is too much for each of them.</summary>
    [Fact]
    public void Reason_GrowthThatManyClassesShare_NamesTheThresholdOfEach()
    {
        GuardResult shared = Sample with { Left = [], Classes = [.. Enumerable.Range(0, 4).Select(number => new GuardedClass($"Desk.Tests{number}", 10, 1))] };

        Assert.EndsWith(
            "over 4 classes, and none is charged with it: for that it takes 1.00 MiB between two readings, and as much for each class where more than 3 share one.",
            shared.Reason,
            StringComparison.Ordinal);
    }

    /// <summary>What was released by the end of the run is not in the growth.</summary>
    [Fact]
    public void Reason_GrowthBesideWhatWasReleased_IsSaidWhole()
    {
        GuardResult released = Sample with { Left = [Sample.Left[2] with { Status = LeftStatus.ReleasedLater }] };

        Assert.EndsWith("Live managed bytes grew by 2.00 MiB over 2 classes, and none is charged with it: for that it takes 1.00 MiB between two readings.", released.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_WithoutATest_IsNotRun() => Assert.Equal((Verdict.NotRun, "No test ran."), ((Sample with { Left = [], Tests = 0 }).Verdict, (Sample with { Left = [], Tests = 0 }).Reason));

    [Fact]
    public void Verdict_WithASuspect_IsInconclusive()
    {
        GuardResult result = Sample with { Readings = [], Left = [.. Sample.Left.Where(left => left.Status == LeftStatus.Suspect)] };
        Assert.Equal((Verdict.Inconclusive, "The one thing that tests left behind is neither confirmed nor refuted."), (result.Verdict, result.Reason));
    }

    [Fact]
    public void Verdict_WithFirstUseOnly_IsClean() =>
        Assert.Equal(Verdict.Clean, (Sample with { Left = [.. Sample.Left.Where(left => left.Status is LeftStatus.FirstUseOnly or LeftStatus.ReleasedLater)] }).Verdict);

    [Fact]
    public void Summary_OfARun_FollowsItsSchema() => Assert.Empty(JsonSchema.Violations(System.Text.Encoding.UTF8.GetString(GuardSummary.ToJson(Sample))));
}
