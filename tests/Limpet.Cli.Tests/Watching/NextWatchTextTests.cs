using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Limpet.Cli.Commands;
using Limpet.Cli.Watching;
using Limpet.Cli.Watching.Options;
using Limpet.Results;

namespace Limpet.Cli.Tests.Watching;

public sealed class NextWatchTextTests
{
    private const string Gone = "999999999";

    [Theory]
    [InlineData(Verdict.Leak, "limpet watch --preset integration-tests --mark pytest --max-fds 200 -- python3 -m pytest -v   (again, when it is mended)")]
    [InlineData(Verdict.Hang, "limpet watch --preset integration-tests --mark pytest --max-fds 200 -- python3 -m pytest -v   (again, when it is mended)")]
    [InlineData(Verdict.Clean, "limpet watch --preset integration-tests --mark pytest --max-fds 200 --report watch.html -- python3 -m pytest -v   (the readings over time)")]
    [InlineData(Verdict.NotRun, "limpet watch --preset integration-tests --mark pytest --max-fds 200 -- python3 -m pytest -v   (with a --mark that fits the output, or with the runner's option for a line a test)")]
    [InlineData(Verdict.Inconclusive, "limpet watch --preset integration-tests --mark pytest --max-fds 200 -- python3 -m pytest -v   (again, when the machine is less busy)")]
    public void Of_Verdict_IsTheLineThatWasTypedWithWhatIsToChange(Verdict verdict, string expected) =>
        Assert.Equal(expected, Next("--preset integration-tests --mark pytest --max-fds=200 -- python3 -m pytest -v", verdict));

    [Theory]
    [InlineData("--mark-file marks --stall 2m --return-to-baseline 10% -- ./suite", "--mark-file marks --stall 2m --return-to-baseline 10% --report watch.html -- ./suite   (the readings over time)")]
    [InlineData("--max-rss 1GB --baseline known.json --junit j.xml --pass-exit-code -- ./suite", "--max-rss 1GB --baseline known.json --junit j.xml --pass-exit-code --report watch.html -- ./suite   (the readings over time)")]
    [InlineData("--report mine.html --no-counters -- ./suite", "--report mine.html --no-counters -- ./suite   (again, after the next change)")]
    [InlineData("--for 2m --quiet -- ./suite --mark x", "--for 2m --quiet --report watch.html -- ./suite --mark x   (the readings over time)")]
    [InlineData("--for 2m -- ./suite --token hunter2", "--for 2m --report watch.html -- ./suite --token ***   (the readings over time; *** stands for what is not shown)")]
    [InlineData("--no-redact -- ./suite --token hunter2", "--no-redact --report watch.html -- ./suite --token hunter2   (the readings over time)")]
    public void Of_CleanRun_KeepsEveryOption(string line, string expected) => Assert.Equal("limpet watch " + expected, Next(line, Verdict.Clean));

    /// <summary>The lines that the transcripts of docs/features/watch.md end with.</summary>
    [Theory]
    [InlineData("--preset integration-tests --mark pytest -- python3 -m pytest -v test_orders_leaking.py", Verdict.Leak)]
    [InlineData("--preset integration-tests --mark dotnet-test -- dotnet test --project tests/Limpet.Reporting.Tests --no-build --output Detailed", Verdict.Clean)]
    public void Of_LineOfTheDocs_EndsAsTheDocsSay(string line, Verdict verdict)
    {
        string docs = File.ReadAllText(Path.Combine(Checkout(), "docs", "features", "watch.md"));
        Assert.Contains($"$ limpet watch {line}\n", docs, StringComparison.Ordinal);
        Assert.Contains($"\nnext: {Next(line, verdict)}\n", docs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "--mark dotnet-test --max-rss 2GB -- dotnet test --no-build --output Detailed",
        "--mark dotnet-test --max-rss 2GB -- dotnet test --max-parallel-test-modules 1 --no-build --output Detailed   (again, one program after the other)")]
    [InlineData("--mark dotnet-test -- dotnet test --max-parallel-test-modules 4", "--mark dotnet-test -- dotnet test --max-parallel-test-modules 4   (again, when its programs run one after the other)")]
    [InlineData("--mark pytest -- python3 -m pytest -v -n 4", "--mark pytest -- python3 -m pytest -v -n 4 -n 0   (again, one program after the other)")]
    [InlineData("--mark pytest -- /opt/venv/bin/pytest -n auto", "--mark pytest -- /opt/venv/bin/pytest -n auto -n 0   (again, one program after the other)")]
    [InlineData("--mark pytest --for 5m -- ./run-tests.sh", "--mark pytest --for 5m -- ./run-tests.sh   (again, when its programs run one after the other)")]
    public void Of_ProgramsOverlap_SaysHowTheyWouldNot(string line, string expected) =>
        Assert.Equal("limpet watch " + expected, Next(line, Verdict.Inconclusive, overlap: true, programsOverlap: true));

    [Fact]
    public void Of_TestsOverlap_SaysHowTheyWouldNot() => Assert.Equal(
        "limpet watch --mark dotnet-test -- dotnet test   (again, when it runs one test at a time (xUnit: --parallel none))",
        Next("--mark dotnet-test -- dotnet test", Verdict.Inconclusive, overlap: true));

    [Fact]
    public void Of_LeakWherePhasesOverlap_SaysBoth() => Assert.Equal(
        "limpet watch --mark pytest -- pytest -n 4 -n 0   (again, when it is mended, one program after the other)",
        Next("--mark pytest -- pytest -n 4", Verdict.Leak, overlap: true, programsOverlap: true));

    [Theory]
    [InlineData("--for 5s -- ./suite", false, false, "--for 40s -- ./suite   (it takes 20 s to judge growth over time)")]
    [InlineData("--for 5s -- ./suite", true, false, "--for 5s -- ./suite   (with a program that runs for 20 s at least, or with --mark or --mark-file for its phases)")]
    [InlineData("--max-threads 9 -- ./suite", true, false, "--max-threads 9 -- ./suite   (with a program that runs for 20 s at least, or with --mark or --mark-file for its phases)")]
    [InlineData("-- ./suite", false, true, "-- ./suite   (for 20 s at least)")]
    [InlineData("--pid " + Gone, false, true, "--pid " + Gone + "   (for 20 s at least)")]
    [InlineData("--pid " + Gone, true, false, "--pid " + Gone + "   (for 20 s at least, or with --mark-file for its phases, with the id of one that runs: process " + Gone + " has ended)")]
    public void Of_TooShort_SaysWhatIsLongEnough(string line, bool ended, bool interrupted, string expected) =>
        Assert.Equal("limpet watch " + expected, Next(line, Verdict.Inconclusive, ended: ended, interrupted: interrupted, seconds: 5));

    [Theory]
    [InlineData("--mark-file marks -- ./suite", "when a program writes marks into the file")]
    [InlineData("--mark-every 1h -- ./suite", "with a shorter --mark-every")]
    public void Of_NoPhases_SaysWhatMakesThem(string line, string note) => Assert.Equal($"limpet watch {line}   ({note})", Next(line, Verdict.NotRun));

    [Fact]
    public void Of_DotNetProcessLeaks_IsAHunt()
    {
        Assert.Equal($"limpet hunt --idle 5s --pid {Environment.ProcessId}   (what holds the objects)", Next($"--pid {Environment.ProcessId}", Verdict.Leak));
        Assert.Equal($"limpet watch --pid {Gone}   (again, when it is mended)", Next($"--pid {Gone}", Verdict.Leak));
    }

    private static string Checkout([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(file, "..", "..", "..", ".."));

    private static string Next(string line, Verdict verdict, bool overlap = false, bool programsOverlap = false, bool ended = false, bool interrupted = false, double seconds = 60)
    {
        WatchCommandLine watch = new();
        _ = new ReportOptions(watch.Command);
        RootCommand root = [watch.Command];
        WatchOptions options = watch.Read(root.Parse(["watch", .. line.Split(' ')]));
        MonitorFigures monitor = new(10, 0, 0.1);
        WatchResult result = new()
        {
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationSeconds = seconds,
            Verdict = verdict,
            Reason = "",
            Monitor = monitor,
            Phases = overlap ? [new WatchPhase("one", 0, 1) { ReturnedToBaseline = null }] : [],
        };
        RunFacts facts = new()
        {
            StartedAt = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(seconds),
            RootPid = int.Parse(Gone, CultureInfo.InvariantCulture),
            Command = [],
            Monitor = monitor,
            Ended = ended,
            Interrupted = interrupted,
        };
        string text = NextWatchText.Of(options, result, facts, programsOverlap).Line;
        return text["next: ".Length..].TrimEnd('\n');
    }
}
