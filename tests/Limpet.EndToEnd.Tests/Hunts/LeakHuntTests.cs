using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>What leaks is found with its holder and its rate, and what does not leak is not.</summary>
[Collection(HuntsAlone.Name)]
public sealed class LeakHuntTests
{
    [Fact]
    public void Hunt_OfAHandlerNeverRemoved_NamesTheEventAndTheHandler()
    {
        HuntOutcome hunt = Hunt.Run(Hunt.ByLines("static-event leaky")).Expect(1, "Leak");
        JsonElement finding = Assert.Single(hunt.Findings);
        Assert.Equal("ManagedLeak", finding.GetProperty("kind").GetString());
        Assert.Equal("Limpet.TestTargets.StaticEventTarget.View", finding.GetProperty("subject").GetString());
        Assert.Equal(1.0, finding.GetProperty("perOperation").GetProperty("count").GetDouble(), 2);
        JsonElement root = finding.GetProperty("holder").GetProperty("root");
        Assert.Equal("StaticField", root.GetProperty("kind").GetString());
        Assert.EndsWith("Bus.Changed", root.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"^View\.\.ctor \(StaticEventTarget\.cs:\d+\) subscribes Bus\.Changed; remove the handler", finding.GetProperty("hint").GetString());
        Assert.Equal("StaticEventTarget.cs", finding.GetProperty("source").GetProperty("file").GetString());
        Assert.Contains(finding.GetProperty("holder").GetProperty("path").EnumerateArray(), step => step.TryGetProperty("source", out JsonElement source) && source.GetProperty("line").GetInt32() > 1);
        JsonElement dose = finding.GetProperty("dose");
        Assert.Equal(dose.GetProperty("expected").GetDouble(), dose.GetProperty("measured").GetDouble(), 0.4);
        Assert.All((string[])["immediate", "natural", "settled"], name =>
            Assert.InRange(finding.GetProperty("readings").GetProperty(name).GetDouble(), hunt.Done, hunt.Done + 5));
        Assert.True(hunt.Done >= 600, $"A leak is said after 600 operations, not after {hunt.Done}.");
        Assert.Equal(0, hunt.Failed);
        Assert.Contains("┬─── static field Limpet.TestTargets.StaticEventTarget.Bus.Changed", hunt.Run.Output, StringComparison.Ordinal);
        Assert.Contains("  stops     the target for about", hunt.Run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("descriptor leaky", "ResourceLeak", 1.0)]
    [InlineData("timer leaky", "TimerLeak", 1.0)]
    [InlineData("thread-per-op leaky", "ThreadLeak", 0.2)]
    [InlineData("pending-await leaky", "TaskLeak", 1.0)]
    [InlineData("watchers leaky", "ResourceLeak", 0.0625)]
    public void Hunt_OfALeakedResource_NamesItsKind(string target, string kind, double perOperation)
    {
        HuntOutcome hunt = Hunt.Target(target).Expect(1, "Leak");
        Assert.Single(hunt.Findings);
        Assert.Equal(perOperation, hunt.Finding(kind).GetProperty("perOperation").GetProperty("count").GetDouble(), 0.02);
        Assert.Equal(kind == "TaskLeak", hunt.Finding(kind).GetRawText().Contains(", since the first round", StringComparison.Ordinal));
    }

    /// <summary>Who asks for a number of rounds has said how long it is to be looked at: it is decided by these.</summary>
    [Fact]
    public void Hunt_InAFewRoundsThatWereAskedFor_Decides()
    {
        Hunt.Run(["--rounds", "6", "--operations", "50", .. Hunt.ByLines("pending-await leaky")]).Expect(1, "Leak");
        Hunt.Run(["--rounds", "6", "--operations", "50", .. Hunt.ByLines("pending-await fixed")]).Expect(0, "Clean");
    }

    /// <summary>In rounds of 5 operations it begins after the last idle round of the plan: no silence has told what it follows.</summary>
    [Fact]
    public void Hunt_OfALeakThatBeginsAfterTheLastSilence_PausesBetweenOperations()
    {
        HuntOutcome hunt = Hunt.Run(["--operations", "5", "--budget", "25s", .. Hunt.ByLines("after-sixty leaky")]).Expect(1, "Leak");
        JsonElement[] paced = [.. hunt.Result.GetProperty("measurements").GetProperty("rounds").EnumerateArray().Where(round => round.TryGetProperty("pausedSeconds", out _))];
        Assert.NotEmpty(paced);
        Assert.All(paced, round => Assert.Equal(("Base", 5), (round.GetProperty("kind").GetString(), round.GetProperty("operations").GetInt32())));
    }

    [Fact]
    public void Hunt_OfACacheThatFillsToItsCapacity_IsBoundedAndSaysThatItDoesNotLeak()
    {
        // In larger rounds, as a fast machine drives, it is full before anybody could see it fill: then it is Clean.
        HuntOutcome hunt = Hunt.Target("lane-tariffs", "--operations", "37").Expect(0, "Bounded");
        JsonElement finding = hunt.Finding("BoundedRetention");
        Assert.Equal("Limpet.TestTargets.Hard.Harmless.Tariff", finding.GetProperty("subject").GetString());
        Assert.Matches(@"^It grew by \d+ in \d+ rounds and then stopped for \d+; it stayed at exactly 299 in the last \d driven rounds, as at a capacity\.$", finding.GetProperty("confidence").GetString());
        Assert.All(finding.GetProperty("holder").GetProperty("path").EnumerateArray(), step => Assert.NotEqual("Yes", step.GetProperty("leaking").GetString()));
    }

    /// <summary>Each of these shows in several metrics. Related figures are given as metric, rate and what was counted.</summary>
    [Theory]
    [InlineData("thread-list leaky", "ThreadLeak", "ThreadListTarget", "threads +1.00")]
    [InlineData("journals leaky", "ResourceLeak", "Limpet.TestTargets.JournalsTarget.Journal", "fds +1.00 deleted file /tmp/limpet-journals-")]
    [InlineData("connections leaky", "ResourceLeak", "socket TCP ESTABLISHED at 127.0.0.1:", "fds +2.00")]
    [InlineData("pipes leaky", "ResourceLeak", "pipe (System.IO.Pipes.AnonymousPipeServerStream)", "fds +2.00")]
    [InlineData("refreshers leaky", "TimerLeak", "Limpet.TestTargets.RefreshersTarget.Refresher", "timers +1.00")]
    [InlineData("delay-loops leaky", "TaskLeak", "async DelayLoopsTarget.WatchAsync()", "timers +1.00")]
    [InlineData("order-graph leaky", "UnboundedGrowth", "Limpet.TestTargets.OrderGraphTarget.Order", "Limpet.TestTargets.OrderGraphTarget.Line +3.00")]
    [InlineData("list-and-event leaky", "UnboundedGrowth", "Limpet.TestTargets.ListAndEventTarget.View", "System.EventHandler +1.00")]
    public void Hunt_OfOneLeakInManyMetrics_IsOneFinding(string target, string kind, string subject, string related)
    {
        HuntOutcome hunt = Hunt.Target(target).Expect(1, "Leak");
        JsonElement finding = Assert.Single(hunt.Findings);
        Assert.Equal(kind, finding.GetProperty("kind").GetString());
        Assert.Contains(subject, finding.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Equal(1.0, finding.GetProperty("perOperation").GetProperty("count").GetDouble(), 0.05);
        Assert.Contains(finding.GetProperty("related").EnumerateArray(), figure => Figure(figure).StartsWith(related, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two-leaks leaky", "TwoLeaksTarget.AuditEntry", "TwoLeaksTarget.Quote")]
    [InlineData("file-and-socket leaky", "file /etc/hostname", "socket UDP")]
    public void Hunt_OfTwoLeaksAlike_HasTwoFindings(string target, params string[] subjects)
    {
        HuntOutcome hunt = Hunt.Target(target).Expect(1, "Leak");
        Assert.Equal(2, hunt.Findings.Length);
        Assert.All(subjects, subject => Assert.Single(hunt.Findings, finding => finding.GetProperty("subject").GetString()!.Contains(subject, StringComparison.Ordinal)));
    }

    [Fact]
    public void Hunt_OfNumbersAndTextThatCollect_HasAFindingOfEachPlace()
    {
        HuntOutcome hunt = Hunt.Target("tallies leaky").Expect(1, "Leak");
        Assert.Equal(
            """
            bytes of string 44
            elements of System.Collections.Concurrent.ConcurrentQueue<long> 1
            elements of System.Collections.Generic.HashSet<System.Guid> 1
            elements of System.Collections.Generic.List<double> 3
            """,
            string.Join('\n', hunt.Findings.Select(finding => $"{finding.GetProperty("subject").GetString()} {Rate(finding.GetProperty("perOperation"))}").Order(StringComparer.Ordinal)));
        JsonElement list = hunt.Findings.Single(finding => finding.GetProperty("subject").GetString()!.EndsWith("List<double>", StringComparison.Ordinal));
        Assert.Equal("UnboundedGrowth", list.GetProperty("kind").GetString());
        Assert.EndsWith("TalliesTarget.s_durations", list.GetProperty("holder").GetProperty("root").GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"^TalliesTarget\.Operate \(TalliesTarget\.cs:\d+\) adds to TalliesTarget\.s_durations; take out what is no longer needed$", list.GetProperty("hint").GetString());

        static string Rate(JsonElement perOperation) =>
            Math.Round(perOperation.GetProperty(perOperation.TryGetProperty("count", out JsonElement count) && count.ValueKind == JsonValueKind.Number ? "count" : "bytes").GetDouble(), 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Hunt_OfATextThatGetsLonger_LooksForAsLongAsALeakNeeds()
    {
        // Nothing else grows: if this were decided early, it would be Clean.
        JsonElement finding = Assert.Single(Hunt.Run(Hunt.ByLines("long-text leaky")).Expect(1, "Leak").Findings);
        Assert.Equal("bytes of string", finding.GetProperty("subject").GetString());
        Assert.Equal(44, finding.GetProperty("perOperation").GetProperty("bytes").GetDouble(), 0.5);
        Assert.EndsWith("LongTextTarget.s_journal", finding.GetProperty("holder").GetProperty("root").GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    private static string Figure(JsonElement related) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{related.GetProperty("metric").GetString()} {related.GetProperty("perOperation").GetDouble():+0.00} {(related.TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : "")}");

    [Fact]
    public void Hunt_OfMemoryNeverFreed_IsANativeLeakOfItsBytes()
    {
        JsonElement finding = Hunt.Target("native leaky").Expect(1, "Leak").Finding("NativeLeak");
        Assert.InRange(finding.GetProperty("perOperation").GetProperty("bytes").GetDouble(), 60_000, 72_000);
    }

    [Theory]
    [InlineData("static-event fixed")]
    [InlineData("bounded-cache fixed")]
    [InlineData("tallies fixed")]
    public void Hunt_OfAMendedProgram_HasNoLeak(string target)
    {
        HuntOutcome hunt = Hunt.Target(target);
        hunt.Run.Expect(0);
        Assert.Contains(hunt.Verdict, (string[])["Clean", "Bounded"]);
        Assert.True(hunt.Done > 100, hunt.Run.Output);
    }

    [Fact]
    public void Hunt_OfARunningProgram_TellsGrowthByTimeAndLeavesItRunning()
    {
        using TargetProcess process = TargetProcess.Start("by-time leaky");
        HuntOutcome hunt = Hunt.Run("--quick", "--idle", "500ms", "--pid", $"{process.Id}").Expect(1, "Leak");
        JsonElement finding = Assert.Single(hunt.Findings);
        Assert.InRange(finding.GetProperty("perSecond").GetProperty("count").GetDouble(), 35, 51);
        Assert.False(finding.TryGetProperty("perOperation", out JsonElement perOperation) && perOperation.ValueKind != JsonValueKind.Null);
        Assert.Equal(process.Id, hunt.Result.GetProperty("target").GetProperty("pid").GetInt32());
        Assert.Contains($"next: limpet why {process.Id} ", hunt.Run.Output, StringComparison.Ordinal);
        Assert.Equal("done 1", process.Ask("x"));
    }

    [Fact]
    public void Hunt_OfGrowthByTimeThatIsDriven_DoesNotBlameTheOperations()
    {
        JsonElement finding = Hunt.Target("by-time leaky").Expect(1, "Leak").Finding("UnboundedGrowth");
        Assert.InRange(finding.GetProperty("perSecond").GetProperty("count").GetDouble(), 35, 51);
        Assert.Contains("per second, driven or not", finding.GetProperty("confidence").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_DrivenByACommand_CountsItsRuns()
    {
        using TemporaryFolder folder = new();
        string pipe = folder.File("lines");
        CliProcess.Execute(["mkfifo", pipe]).Expect(0);
        HuntOutcome hunt = Hunt.Run(
            "--quick", "--each", $"echo x > {pipe}", "--ready-line", "^ready$", "--",
            "sh", "-c", $"exec dotnet {TargetProcess.DefaultDll} static-event leaky <> {pipe}").Expect(1, "Leak");
        Assert.Equal(1.0, hunt.Finding("ManagedLeak").GetProperty("perOperation").GetProperty("count").GetDouble(), 0.02);
    }

    [Theory]
    [InlineData("", 1, "Leak")]
    [InlineData("--fixed", 0, "Clean")]
    public void Hunt_OfTheShop_ByItsUrl_TellsLeakyFromMended(string flag, int exitCode, string verdict)
    {
        string address = $"http://127.0.0.1:{FreePort()}";
        HuntOutcome hunt = Hunt.Run(
            ["--quick", "--url", $"{address}/orders/7", "--ready-url", $"{address}/health", "--",
            "dotnet", Path.Combine(TargetProcess.Repository, "artifacts/bin/LeakyShop", new DirectoryInfo(AppContext.BaseDirectory).Name, "LeakyShop.dll"),
            "--urls", address, .. flag.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Expect(exitCode, verdict);
        Assert.Equal(0, hunt.Failed);
        Assert.Equal(exitCode, hunt.Findings.Count(finding => finding.GetProperty("kind").GetString()!.EndsWith("Leak", StringComparison.Ordinal)));
    }

    [Fact]
    public void Hunt_OfAFile_IsPrintedBeforeItRuns()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("hunt.json");
        File.WriteAllText(file, $$"""
            {
              "command": ["dotnet", "{{TargetProcess.DefaultDll}}", "warm-cache", "fixed"],
              "stdinLine": "x",
              "readyLine": "^ready$",
              "quick": true
            }
            """);
        HuntOutcome hunt = Hunt.Run(file);
        hunt.Run.Expect(0);
        Assert.StartsWith($"  hunt file {file}\n  starts    dotnet ", hunt.Run.Error, StringComparison.Ordinal);
        Assert.Contains("  drives    the line \"x\" on standard input", hunt.Run.Error, StringComparison.Ordinal);
        Assert.Contains($"next: limpet hunt {file} ", hunt.Run.Output, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
