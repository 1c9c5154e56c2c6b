using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Watching;

/// <summary>What a command notices of being watched (nothing), how a watch ends, and what wrong input is told.</summary>
public sealed class WatchBehaviourTests
{
    [Fact]
    public void Watch_Output_IsPassedOnByteForByte()
    {
        CliRun run = CliProcess.Run("watch", "--quiet", "--mark", "^no such line$", "--", "/bin/sh", "-c", "printf 'a\\0b\\r\\n\\033[31mred'; printf 'to error' >&2; seq 1 5000");

        Assert.Equal("a\0b\r\n\u001b[31mred" + string.Concat(Enumerable.Range(1, 5000).Select(number => number.ToString(CultureInfo.InvariantCulture) + "\n")), run.Output);
        Assert.StartsWith("to error", run.Error, StringComparison.Ordinal);
        Assert.Contains("never matched in 5", run.Error, StringComparison.Ordinal);
        run.Expect(3);
    }

    [Fact]
    public void Watch_ThatRunsBeforeOthers_LeavesTheNicenessOfTheCommand() =>
        Assert.Equal("0\n", CliProcess.Run("watch", "--quiet", "--mark", "^[0-9]", "--", "/usr/bin/nice").Output);

    [Fact]
    public void Watch_JsonOnStandardOutput_IsAlone()
    {
        CliRun run = CliProcess.Run("watch", "--json", "-", "--", "/bin/echo", "hello");

        Assert.Empty(JsonSchema.Violations(run.Output));
        Assert.Contains("hello", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "--max-rss", "1GB", "sleep 0.3")]
    [InlineData(4, "--max-rss", "1GB", "sleep 0.3; exit 3")]
    [InlineData(1, "--max-fds", "12", "exec 3</dev/null 4</dev/null 5</dev/null 6</dev/null 7</dev/null 8</dev/null 9</dev/null 10</dev/null 11</dev/null 12</dev/null 13</dev/null; sleep 1.5")]
    [InlineData(1, "--max-rss", "100KB", "sleep 1; exit 3")]
    public void Watch_Budgets_DecideTheExitCode(int expected, string budget, string value, string script) =>
        CliProcess.Run("watch", budget, value, "--", "/bin/bash", "-c", script).Expect(expected);

    [Fact]
    public void Watch_PassExitCode_IsThatOfTheCommand() =>
        CliProcess.Run("watch", "--pass-exit-code", "--max-rss", "100KB", "--", "/bin/bash", "-c", "sleep 0.5; exit 37").Expect(37);

    [Theory]
    [InlineData("nothing to watch", "watch")]
    [InlineData("nosuchcommand is not found in PATH", "watch", "--", "nosuchcommand")]
    [InlineData("is not executable", "watch", "--", "/etc/passwd")]
    [InlineData("There is no process 2147483647", "watch", "--pid", "2147483647")]
    [InlineData("must be a size above zero", "watch", "--max-rss", "0", "--", "true")]
    [InlineData("which is no regular expression", "watch", "--mark", "(", "--", "true")]
    [InlineData("is about phases, and there are no marks", "watch", "--max-growth-per-phase", "1MB", "--", "true")]
    [InlineData("that of a process which is already running cannot be read", "watch", "--mark", "x", "--pid", "1")]
    [InlineData("Did you mean --max-fds", "watch", "--max-fd", "3", "--", "true")]
    [InlineData("cannot be opened", "watch", "--mark-file", "/no/such/folder/marks", "--", "true")]
    [InlineData("Cannot write", "watch", "--json", "/no/such/folder/x.json", "--", "true")]
    public void Watch_WrongInput_SaysWhatToDo(string text, params string[] arguments)
    {
        CliRun run = CliProcess.Run(arguments).Expect(2);

        Assert.Contains(text, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("QUIT", 130)]
    public async Task Watch_SignalThatEnds_ReachesTheCommandAndReports(string signal, int exitCode)
    {
        ProcessStartInfo start = new("dotnet", [CliProcess.Dll, "watch", "--", "/bin/sh", "-c", $"trap 'echo ending; exit 0' {signal}; echo up; while :; do sleep 0.1; done"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Assert.Equal("up", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        using (Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(exitCode, process.ExitCode);
        Assert.Equal("ending", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Contains("too short to judge growth", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_SignalBeforeTheCommandIsStarted_EndsBoth()
    {
        ProcessStartInfo start = new("dotnet", [CliProcess.Dll, "watch", "--", "sleep", "600"]);
        using Process process = Process.Start(start)!;
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(() => File.ReadAllText($"/proc/{id}/maps").Contains("Limpet.Cli.dll", StringComparison.Ordinal), "the tool to be loaded");
        using (Process kill = Process.Start("kill", ["-TERM", id]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2)); // the command would run for longer
        await process.WaitForExitAsync(deadline.Token);
        Assert.Equal(143, process.ExitCode);
    }

    [Fact]
    public void Watch_MarkFileAndACommandThatCannotRun_SaysWhy()
    {
        using TemporaryFolder folder = new();
        string program = folder.File("program");
        File.WriteAllText(program, "no program\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        CliRun run = CliProcess.Run("watch", "--mark-file", folder.File("marks"), "--", program).Expect(2);

        Assert.Contains("it is no program that this system can run", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_StalledPhase_IsNamed()
    {
        CliRun run = CliProcess.Run("watch", "--mark", "^== (.*)", "--stall", "1s", "--", "/bin/sh", "-c", "echo == quick; sleep 0.3; echo == slow; sleep 2.5");

        Assert.Matches("phase slow has stalled: [0-9]+ s so far", run.Error);
        Assert.Contains("Hang: slow: ", run.Error, StringComparison.Ordinal);
        run.Expect(1);
    }

    [Fact]
    public void Watch_BaselineAndReports_AcceptWhatIsKnown()
    {
        using TemporaryFolder folder = new();
        string baseline = folder.File("known.json");
        // Nobody keeps a deleted file for good reasons: one of them is a leak, in whichever of the phases it is seen.
        string leaks = "i=0; for t in a b c d e; do echo test $t; i=$((i+1)); eval \"exec 1$i<>$0/gone-$i\"; rm $0/gone-$i; sleep 0.3; done; echo test f; sleep 0.3";
        string[] command = ["/bin/bash", "-c", leaks, folder.Path];
        Watch.Over(["--mark", "^test (.)", "--junit", folder.File("new.xml"), "--report", folder.File("new.html"), "--markdown", folder.File("new.md")], command).Expect(1);
        Assert.All(Directory.GetFiles(folder.Path, "new.*"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
        Assert.Contains("deleted file", XElement.Parse(File.ReadAllText(folder.File("new.html"))["<!DOCTYPE html>".Length..]).Value, StringComparison.Ordinal);
        Assert.StartsWith("### ❌ limpet watch: Leak\n", File.ReadAllText(folder.File("new.md")), StringComparison.Ordinal);
        Assert.Contains("<failure message=\"Leak: ", File.ReadAllText(folder.File("new.xml")), StringComparison.Ordinal);

        Watch.Over(["--mark", "^test (.)", "--baseline", baseline, "--update-baseline"], command).Expect(0);
        Watch known = Watch.Over(["--mark", "^test (.)", "--baseline", baseline, "--sarif", folder.File("known.sarif")], command).Expect(0);
        Assert.Equal("Clean", known.Verdict);
        Assert.All(known.Result.GetProperty("findings").EnumerateArray(), finding => Assert.Equal("Known", finding.GetProperty("status").GetString()));
        Assert.Contains("\"baselineState\": \"unchanged\"", File.ReadAllText(folder.File("known.sarif")), StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_AssembliesThatOneTestLoads_AreInUse()
    {
        using TemporaryFolder folder = new();
        string loads = "for t in a b c d e f g; do echo test $t; if [ $t = e ]; then for i in 1 2 3 4 5; do eval \"exec 1$i<>$0/Shop.$i.dll\"; done; fi; sleep 0.3; done";
        Watch watch = Watch.Over(["--mark", "^test (.)"], "/bin/bash", "-c", loads, folder.Path);

        // How well a busy machine lets it be watched, and in which of the phases it is seen, is not what this is about.
        Assert.Empty(watch.Result.GetProperty("findings").EnumerateArray());
        Assert.Empty(watch.Leaking);
    }
}
