using System.Diagnostics;
using Limpet.Cli.Commands;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Commands;

/// <summary>A child that reads a dump may end in any way; what became of it is said. The children here are shells that end so at once, whatever the dump is.</summary>
public sealed class DumpGuardTests : IDisposable
{
    /// <summary>Begins as a core dump does, and that is all that is looked at before the child starts.</summary>
    private const string Dump = "/bin/true";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-guard-");
    private readonly StringWriter error = new();

    private string Sign => Path.Combine(folder.FullName, "sign");

    public void Dispose()
    {
        folder.Delete(recursive: true);
        error.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(128)]
    [InlineData(130)]
    [InlineData(143)]
    public async Task Run_AChildThatAnswers_HandsItsExitCodeOn(int code)
    {
        Assert.Equal(code, await Run($"exit {code}"));
        Assert.Equal("", error.ToString());
    }

    [Theory]
    [InlineData(11)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Run_AChildThatASignalEnds_SaysThatTheDumpWasAltered(int signal)
    {
        Assert.Equal(2, await Run($"kill -{signal} $$"));
        Assert.Equal(
            $"limpet: Cannot read {Dump}: it was altered: the debugging library of its runtime broke on it (signal {signal}). Write the dump again: createdump --withheap -f FILE PID\n",
            error.ToString());
    }

    [Fact]
    public async Task Run_AChildThatTheSystemEnds_SaysThatMemoryRanOut()
    {
        Assert.Equal(5, await Run("kill -9 $$"));
        Assert.Equal($"limpet: Reading {Dump} was ended by the system (signal 9), which is what it does when memory runs out. Read it on a larger machine.\n", error.ToString());
    }

    [Fact]
    public async Task Run_AChild_GetsTheLineAndKnowsWhatItIs()
    {
        Assert.Equal(0, await Run($"printf '%s' \"$LIMPET_READS_DUMP $*\" > {Sign}"));
        Assert.Equal($"1 why {Dump} Shop.Order", await File.ReadAllTextAsync(Sign, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("why", "/nowhere.dmp", "Shop.Order")]
    [InlineData("why", "/etc/passwd", "Shop.Order")]
    [InlineData("watch", "--", Dump, "Shop.Order")] // a program to start is no dump
    [InlineData("doctor")]
    [InlineData]
    public async Task Run_ALineWithoutADump_StartsNoChild(params string[] line) => Assert.Null(
        await DumpGuard.RunAsync(line, error, () => false, _ => throw new InvalidOperationException("A child was started."), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task Run_Interrupted_PassesTheSignalOnAndWaits(string signal, int code)
    {
        // On the signal the child has something to finish, which must not be cut off.
        using CancellationTokenSource interrupted = new();
        Task<int?> run = Run($"trap 'echo done >> {Sign}; exit {code}' {signal}; echo ready > {Sign}; while :; do sleep 0.02; done", isInterrupt: signal == "INT", interrupted.Token);
        await Eventually.TrueAsync(() => File.Exists(Sign) && File.ReadAllText(Sign) == "ready\n", "the child is there");
        await interrupted.CancelAsync();

        Assert.Equal(code, await run);
        Assert.Equal("ready\ndone\n", await File.ReadAllTextAsync(Sign, TestContext.Current.CancellationToken));
        Assert.Equal("", error.ToString());
    }

    private Task<int?> Run(string script) => Run(script, isInterrupt: false, TestContext.Current.CancellationToken);

    private Task<int?> Run(string script, bool isInterrupt, CancellationToken interrupted) =>
        DumpGuard.RunAsync(["why", Dump, "Shop.Order"], error, () => isInterrupt, line => new ProcessStartInfo("/bin/sh", ["-c", script, "limpet", .. line]), interrupted);
}
