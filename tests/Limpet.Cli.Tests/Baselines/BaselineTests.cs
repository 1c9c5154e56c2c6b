using Limpet.Cli.Baselines;
using Limpet.Results;

namespace Limpet.Cli.Tests.Baselines;

public sealed class BaselineTests
{
    private static readonly DateOnly Today = new(2026, 3, 4);

    [Fact]
    public void Apply_OnlyKnownLeaks_IsCleanAndListsThem()
    {
        WatchResult result = Known("a", "b").Apply(Result(Verdict.Leak, "a", "b"), Today);
        Assert.Equal((Verdict.Clean, "nothing but 2 known leaks"), (result.Verdict, result.Reason));
        Assert.All(result.Findings, finding => Assert.Equal(FindingStatus.Known, finding.Status));
    }

    [Fact]
    public void Apply_ANewLeakBesides_IsALeakForThat()
    {
        WatchResult result = Known("a").Apply(Result(Verdict.Leak, "a", "b"), Today);
        Assert.Equal((Verdict.Leak, "subject b: grows"), (result.Verdict, result.Reason));
        Assert.Equal([FindingStatus.Known, FindingStatus.New], result.Findings.Select(finding => finding.Status));
    }

    [Fact]
    public void Apply_AKnownLeakThatHasGone_IsListed()
    {
        WatchResult result = Known("a", "b").Apply(Result(Verdict.Clean), Today);
        Assert.Equal(Verdict.Clean, result.Verdict);
        Assert.Equal(["a", "b"], result.Findings.Where(finding => finding.Status == FindingStatus.Fixed).Select(finding => finding.Signature));
    }

    [Theory]
    [InlineData(Verdict.NotRun)]
    [InlineData(Verdict.Inconclusive)]
    public void Apply_UndecidedRun_HasMendedNothing(Verdict verdict)
    {
        WatchResult result = Known("a").Apply(Result(verdict), Today);
        Assert.Equal(verdict, result.Verdict);
        Assert.Empty(result.Findings);
    }

    /// <summary>A leak that is known hides nothing of what was not decided beside it, and what was not seen there has not gone.</summary>
    [Theory]
    [InlineData(Verdict.Inconclusive, "The target exited with 3 after 12 operations.")]
    [InlineData(Verdict.NotRun, "none of 3 operations succeeded")]
    public void Apply_OnlyKnownLeaksOfAnUndecidedRun_IsUndecided(Verdict otherwise, string why)
    {
        WatchResult result = Known("a", "z").Apply(Result(Verdict.Leak, "a") with { Otherwise = new Absence(otherwise, why) }, Today);

        Assert.Equal((otherwise, $"beside 1 known leak: {why}"), (result.Verdict, result.Reason));
        Assert.Equal([FindingStatus.Known], result.Findings.Select(finding => finding.Status));
        Assert.Equal(["z", "a"], Known("a", "z").With(Result(Verdict.Leak, "a") with { Otherwise = new Absence(otherwise, why) }).Known.Select(leak => leak.Signature));
    }

    [Fact]
    public void Apply_ANewLeakOfAnUndecidedRun_IsALeakForThat()
    {
        WatchResult result = Known("a").Apply(Result(Verdict.Leak, "a", "b") with { Otherwise = new Absence(Verdict.Inconclusive, "too few rounds") }, Today);

        Assert.Equal((Verdict.Leak, "subject b: grows"), (result.Verdict, result.Reason));
    }

    [Fact]
    public void Apply_OnlyKnownLeaksOfAHuntWithAnUndecidedMetric_ShowsItsReadings()
    {
        HuntResult hunt = new()
        {
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationSeconds = 1,
            Verdict = Verdict.Leak,
            Reason = "as it was",
            Operations = new OperationCount(100, 0),
            Findings = Result(Verdict.Leak, "a").Findings,
            Otherwise = new Absence(Verdict.Inconclusive, "threads: it grew by 3") { Undecided = [new UndecidedSeries("threads", "it grew by 3", [1, 4])] },
        };

        HuntResult result = Known("a").Apply(hunt, Today);

        Assert.Equal((Verdict.Inconclusive, "beside 1 known leak: threads: it grew by 3", "threads"), (result.Verdict, result.Reason, Assert.Single(result.Measurements.Undecided).Metric));
    }

    [Fact]
    public void Read_AFolder_SaysThatItCannotBeRead()
    {
        string folder = Directory.CreateTempSubdirectory("limpet-baseline-").FullName;
        Assert.StartsWith($"The baseline {folder} cannot be read: ", Assert.Throws<LimpetException>(() => Baseline.Read(folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder);
    }

    [Theory]
    [InlineData("2026-03-05", Verdict.Clean)]
    [InlineData("2026-03-04", Verdict.Leak)]
    public void Apply_ExpiredLeak_FailsAgain(string day, Verdict expected)
    {
        Baseline baseline = new() { Known = [new AcceptedLeak("a", "ResourceLeak", "subject a", "Ada", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))] };
        WatchResult result = baseline.Apply(Result(Verdict.Leak, "a"), Today);
        Assert.Equal(expected, result.Verdict);
        Assert.Equal(expected == Verdict.Leak ? ["the known leak subject a has expired on 2026-03-04; its owner is Ada"] : [], result.Warnings);
    }

    [Fact]
    public void With_Result_KeepsOwnersAndDropsWhatHasGone()
    {
        Baseline before = new() { Known = [new AcceptedLeak("a", "ResourceLeak", "old", "Ada", Today), new AcceptedLeak("z", "ResourceLeak", "gone", null, null)] };
        Assert.Equal([("a", "Ada"), ("b", null)], before.With(Result(Verdict.Leak, "a", "b")).Known.Select(leak => (leak.Signature, leak.Owner)));
        Assert.Equal(["a", "z"], before.With(Result(Verdict.NotRun)).Known.Select(leak => leak.Signature));
    }

    [Fact]
    public void Write_ThenRead_IsTheSame()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("limpet-baseline-").FullName, "known.json");
        Baseline written = new() { Known = [new AcceptedLeak("watch:Child:process \"sleep *\"", "ResourceLeak", "process", "Ada", Today)] };
        written.Write(path);
        Assert.Equal(written.Known, Baseline.Read(path).Known);
        Assert.Contains("\"expires\": \"2026-03-04\"", File.ReadAllText(path), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"schema\":\"limpet.watch/1\",\"known\":[]}")]
    [InlineData("{\"schema\":\"limpet.baseline/1\",\"known\":[{\"signature\":\"\"}]}")]
    [InlineData("{\"schema\":\"limpet.baseline/1\",\"knwon\":[]}")]
    [InlineData("[")]
    public void Read_NoBaseline_SaysWhatToDo(string text)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        LimpetException wrong = Assert.Throws<LimpetException>(() => Baseline.Read(path));
        Assert.StartsWith($"{path} is no baseline: ", wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("Write one with --update-baseline.", wrong.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    private static Baseline Known(params string[] signatures) => new() { Known = [.. signatures.Select(signature => new AcceptedLeak(signature, "ResourceLeak", $"subject {signature}", null, null))] };

    private static WatchResult Result(Verdict verdict, params string[] signatures) => new()
    {
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationSeconds = 1,
        Verdict = verdict,
        Reason = "as it was",
        Findings = [.. signatures.Select(signature => new Finding { Kind = FindingKind.ResourceLeak, Subject = $"subject {signature}", Signature = signature, Confidence = "grows" })],
        Monitor = new MonitorFigures(1, 0, 0),
    };
}
