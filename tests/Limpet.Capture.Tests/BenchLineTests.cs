using System.Text.RegularExpressions;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>A line of the benchmarks that is no order to measure starts nothing, and a run that is broken off leaves no dump behind.</summary>
public sealed partial class BenchLineTests
{
    private static readonly string BenchDll = TargetProcess.DefaultDll.Replace("Limpet.TestTargets", "Limpet.Bench", StringComparison.Ordinal);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Help_OfEveryCommand_IsItsUsage()
    {
        (int? code, string usage, _) = await RunAsync("--help");
        Assert.Equal(0, code);
        string[] commands = [.. CommandLine().Matches(usage[usage.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];
        Assert.Equal(["capture", "strings", "watch", "graph", "accuracy", "soak", "collected", "guard", "fuzz", "kill"], commands);
        foreach (string command in commands)
        {
            (code, usage, string errors) = await RunAsync(command, "--help");
            Assert.Equal((0, ""), (code, errors));
            Assert.Contains($"limpet-bench {command} ", usage, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("soak --nul 3", "--nul is no option of soak. It has: --null, --leaks, --out\n")]
    [InlineData("soack", "soack is no command of limpet-bench. It has: capture, strings, watch, graph, accuracy, soak, collected, guard, fuzz, kill\n")]
    [InlineData("capture --objects none", "--objects needs a whole number above 0, such as: --objects 5000000\n")]
    [InlineData("capture --heap round", "--heap is 'round'. It can be: dense, mixed\n")]
    public async Task Line_ThatIsWrong_IsRefusedWithWhatIsAllowed(string line, string expected)
    {
        Assert.Equal((2, "", expected), await RunAsync(line.Split(' ')));
    }

    [Fact]
    public async Task Capture_EndedWhileItHasADump_LeavesNoneBehind()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");
        try
        {
            using TraceableProcess bench = TraceableProcess.Start(
                ["dotnet", BenchDll, "capture", "--objects", "100000", "--repeat", "1000", "--core"], null, new Dictionary<string, string> { ["TMPDIR"] = folder.FullName });
            Assert.True(SpinWait.SpinUntil(() => bench.Exited.IsCompleted || HasDump(folder), Deadline), "There was never a dump.");
            Assert.False(bench.Exited.IsCompleted, "It ended by itself.");
            bench.RequestEnd();
            await bench.Exited.WaitAsync(Deadline, TestContext.Current.CancellationToken);
            Assert.Empty(folder.EnumerateDirectories("limpet-bench-core-*"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool HasDump(DirectoryInfo folder) => folder.EnumerateDirectories("limpet-bench-core-*").Any(core => core.EnumerateFiles().Any());

    private static async Task<(int? Code, string Output, string Errors)> RunAsync(params string[] line)
    {
        using TraceableProcess bench = TraceableProcess.Start(["dotnet", BenchDll, .. line]);
        Task<string> errors = new StreamReader(bench.StandardError).ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await new StreamReader(bench.StandardOutput).ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        return ((await bench.Exited).Code, output, await errors);
    }

    [GeneratedRegex(@"^  (\w+)", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
