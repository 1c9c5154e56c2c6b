using System.Text.Json;
using System.Text.RegularExpressions;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Adapters;

/// <summary>
/// The examples, one for each framework, as a user runs them: what the output says of a leak, of known leaks, and of what tests left behind. They have the same tests.
/// </summary>
public sealed class ExampleTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(8);

    [Theory]
    [InlineData("Xunit")]
    [InlineData("NUnit")]
    [InlineData("MSTest")]
    public void Example_Run_SaysWhatLeaksAndWhatIsMended(string framework)
    {
        using TemporaryFolder folder = new();
        string summary = folder.File("guard.json");
        CliRun run = CliProcess.Execute([Program(framework)], new Dictionary<string, string> { ["LIMPET_TOOL"] = CliProcess.Dll, ["LIMPET_GUARD_SUMMARY"] = summary, ["LIMPET_GUARD_BUDGET"] = "300" }, Deadline);

        // 2: tests failed. Those that must, and for the reasons that they must.
        Assert.True(run.ExitCode == 2, run.Output + run.Error);
        string output = run.Output;
        Assert.Contains("OrderDesk.StockPanel", output, StringComparison.Ordinal);
        Assert.Contains("static field OrderDesk.StockFeed.Changed", output, StringComparison.Ordinal);
        Assert.Contains("""fixed: remove the mark. [KnownLeak("MEMLEAK-FIX-2", Type = typeof(OrderDesk.OrderForm))] declares a leak, and the test found none.""", output, StringComparison.Ordinal);
        Assert.Contains("""leaks for another reason than [KnownLeak("MEMLEAK-FIX-3", Type = typeof(OrderDesk.OrderForm))] declares: ManagedLeak OrderDesk.StockPanel""", output, StringComparison.Ordinal);
        Assert.Contains("The part is missing.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("MEMLEAK-FIX-1", output, StringComparison.Ordinal);

        // The answer is the first line, and the report stands there once.
        string plain = Regex.Replace(output, @"\x1b\[[0-9;]*m", "");
        Assert.Matches(@"failed [\w.]*StockPanel_IsAnotherLeak \([^\n]*\)\n +(?:[\w.]+: )?(?:Limpet\.KnownLeaks\.KnownLeakException ?: )?leaks for another reason than ", plain);
        Assert.Equal(2, Regex.Count(plain, "┬─── static field OrderDesk.StockFeed.Changed"));
        Assert.DoesNotContain("CheckResult {", plain, StringComparison.Ordinal);
        Assert.Equal((4, 6), (Total(output, "failed"), Total(output, "succeeded")));

        string json = File.ReadAllText(summary);
        Assert.Empty(JsonSchema.Violations(json));
        JsonElement guard = JsonDocument.Parse(json).RootElement;
        Assert.Equal("Leak", guard.GetProperty("verdict").GetString());
        Assert.Equal(
            ["1 File OrderDesk.Tests.DeskTests.Journal_Written_HasTheLine", "1 Thread OrderDesk.Tests.DeskTests.Courier_Started_Waits"],
            Left(guard, "Confirmed").Order(StringComparer.Ordinal));
        Assert.Contains("LEAK: 6 runs alone left 6, 12 left 12", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Xunit", "--filter-trait", "leak=2")]
    [InlineData("NUnit", "--filter", "leak=2")]
    [InlineData("MSTest", "--filter", "leak=2")]
    public void Example_FilteredByALeak_RunsItsTest(string framework, params string[] filter)
    {
        string output = CliProcess.Execute([Program(framework), .. filter], new Dictionary<string, string> { ["LIMPET_GUARD_CONFIRM"] = "0" }, Deadline).Expect(0).Output;
        Assert.Equal((1, 0), (Total(output, "succeeded"), Total(output, "failed")));
        Assert.Matches(@"1 thread 'courier' +suspect +OrderDesk\.Tests\.DeskTests\.Courier_Started_Waits", output);
    }

    [Theory]
    [InlineData("Xunit", "--filter-class", "OrderDesk.Tests.CatalogueTests")]
    [InlineData("NUnit", "--filter", "FullyQualifiedName~OrderDesk.Tests.CatalogueTests")]
    public void Example_ThatKeepsSomethingOnce_IsNoLeak(string framework, params string[] filter)
    {
        using TemporaryFolder folder = new();
        string summary = folder.File("guard.json");
        CliProcess.Execute([Program(framework), .. filter], new Dictionary<string, string> { ["LIMPET_GUARD_SUMMARY"] = summary, ["LIMPET_GUARD_BUDGET"] = "300" }, Deadline).Expect(0);
        JsonElement guard = JsonDocument.Parse(File.ReadAllText(summary)).RootElement;
        Assert.NotEqual("Leak", guard.GetProperty("verdict").GetString());
        JsonElement left = Assert.Single(guard.GetProperty("left").EnumerateArray(), left => left.GetProperty("kind").GetString() == "ManagedLeak");
        Assert.Equal("FirstUseOnly", left.GetProperty("status").GetString());
        Assert.InRange(left.GetProperty("count").GetInt64(), 2 << 20, 3 << 20);
    }

    /// <summary>The example in the configuration of the tests, which built it.</summary>
    private static string Program(string framework) => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", $"OrderDesk.{framework}", new DirectoryInfo(AppContext.BaseDirectory).Name, $"OrderDesk.{framework}"));

    /// <summary>The figure in the summary, which a runner colours when <c>CI</c> is set, into a pipe too.</summary>
    private static int Total(string output, string word) => int.Parse(
        Regex.Match(output, $@"^(?:\x1b\[[0-9;]*m)* *{word}: (\d+)", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Left(JsonElement guard, string status) => guard.GetProperty("left").EnumerateArray()
        .Where(left => left.GetProperty("status").GetString() == status)
        .Select(left => $"{left.GetProperty("count")} {Kind(left.GetProperty("what").GetString()!)} {left.GetProperty("culprit").GetString()}");

    private static string Kind(string what) => what.StartsWith("file ", StringComparison.Ordinal) ? "File" : what.StartsWith("thread ", StringComparison.Ordinal) ? "Thread" : what;
}
