using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>What users get wrong: one clear message, no stack trace, the documented exit code.</summary>
public sealed class WrongInputTests
{
    [Fact]
    public void Snapshot_OfNoProcess_SaysSo() => AssertError(2, "limpet: There is no process 999999999. List the .NET processes with: limpet ps\n", "snapshot", "999999999", "-o", "x.limpet");

    [Fact]
    public void Snapshot_OfNoPid_SaysSo() => AssertError(2, "limpet: 'shop' is no process id. List the .NET processes with: limpet ps\n", "snapshot", "shop", "-o", "x.limpet");

    [Fact]
    public void Snapshot_WithoutFile_NamesTheOption() => AssertError(2, "limpet: Option '--output' is required. See limpet snapshot --help.\n", "snapshot", "1");

    [Fact]
    public void Option_Misspelt_NamesTheNearest() => AssertError(2, "limpet: --maxstall is no option of snapshot. Did you mean --max-stall?\n", "snapshot", "1", "-o", "x", "--maxstall", "2s");

    [Fact]
    public void Command_Misspelt_NamesTheNearest() => AssertError(2, "limpet: snapshto is no command. Did you mean snapshot?\n", "snapshto");

    [Fact]
    public void MaxStall_WithoutUnit_NamesTheForms() => AssertError(2, "limpet: --max-stall is \"2\", and must be a duration up to a week: 500ms, 45s, 2m or 1.5h.\n", "snapshot", "1", "-o", "x", "--max-stall", "2");

    [Fact]
    public void Why_OfAMissingFile_SaysSo() => AssertError(2, "limpet: Cannot read /nowhere.limpet: there is no such file. Capture a heap with: limpet snapshot PID -o FILE\n", "why", "/nowhere.limpet", "X");

    [Fact]
    public void Why_OfAnotherFormat_NamesWhatIsSupported() => AssertError(
        2,
        "limpet: /etc/passwd is no heap that limpet reads. A source is a process id, a .limpet or .gcdump file, or a core dump. Capture a running process with: limpet snapshot PID -o FILE.limpet\n",
        "why", "/etc/passwd", "X");

    [Fact]
    public void Why_OfAnEmptyName_SaysSo() => AssertError(2, "limpet: The name of the source is empty. Give a process id, or the name of a heap file or dump.\n", "why", "", "X");

    [Fact]
    public void Why_OfACoreThatIsAProgram_SaysSo() => AssertError(2, "limpet: Cannot read /bin/true: it is a program or a library, no core dump. Write the dump again: createdump --withheap -f FILE PID\n", "why", "/bin/true", "X");

    [Fact]
    public void Nothing_ShowsTheHelp()
    {
        CliRun run = CliProcess.Run().Expect(2);
        Assert.Contains("limpet snapshot 4242 -o shop.limpet", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_OfNoDotNetProcess_SaysSo()
    {
        using System.Diagnostics.Process sleep = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            CliRun run = CliProcess.Run("snapshot", $"{sleep.Id}", "-o", "x.limpet").Expect(2);
            Assert.StartsWith($"limpet: Process {sleep.Id} is not a .NET process", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            sleep.Kill();
        }
    }

    [Fact]
    public void Snapshot_OfAnotherUsersProcess_IsRefusedWithTheRemedy()
    {
        using TargetProcess process = TargetProcess.Start("closures");
        CliRun run = AsNobody("snapshot", $"{process.Id}", "-o", "/tmp/limpet-nobody.limpet").Expect(5);
        Assert.Equal($"limpet: Cannot look at process {process.Id}: it belongs to user 0, and the system lets only that user (or one with CAP_SYS_PTRACE) read it. Run limpet as that user.\n", run.Error);
    }

    [Fact]
    public void Ps_OfAnotherUsersProcess_SaysThatItIsRefused()
    {
        using TargetProcess process = TargetProcess.Start("closures");
        CliRun run = AsNobody("ps").Expect(0);
        string row = run.Output.Split('\n').Single(line => line.TrimStart().StartsWith($"{process.Id} ", StringComparison.Ordinal));
        Assert.Contains(" refused ", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Ps_IntoAClosedPipe_DoesNotCrash() =>
        CliProcess.Execute(["bash", "-c", "set -o pipefail; dotnet \"$0\" ps | true", CliProcess.Dll]).Expect(0);

    [Fact]
    public void Help_OfEveryCommand_HasExamples()
    {
        foreach (string command in (string[])["hunt", "snapshot", "why", "convert", "ps"])
        {
            CliRun run = CliProcess.Run(command, "--help").Expect(0);
            Assert.Contains($"  limpet {command}", run.Output, StringComparison.Ordinal);
            Assert.Contains($"Usage:\n  limpet {command} ", run.Output, StringComparison.Ordinal);
            Assert.All((string[])["--json <FILE|->", "--quiet", "--verbose", "--no-color"], option => Assert.Contains($"  {option} ", run.Output, StringComparison.Ordinal));
        }
    }

    private static void AssertError(int exitCode, string message, params string[] arguments)
    {
        CliRun run = CliProcess.Run(arguments).Expect(exitCode);
        Assert.Equal(message, run.Error);
        Assert.Equal("", run.Output);
    }

    private static CliRun AsNobody(params string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv"))
        {
            Assert.Skip("Another user is needed. Run the tests as root, with setpriv from util-linux installed.");
        }

        return CliProcess.Execute(["setpriv", "--reuid=65534", "--clear-groups", "dotnet", CliProcess.Dll, .. arguments], new Dictionary<string, string> { ["HOME"] = "/tmp" });
    }
}
