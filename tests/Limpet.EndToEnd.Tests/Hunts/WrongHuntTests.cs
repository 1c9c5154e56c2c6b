using System.Diagnostics;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>Hunts that cannot be: one clear message, the documented exit code, and the target runs on.</summary>
[Collection(HuntsAlone.Name)]
public sealed class WrongHuntTests
{
    [Fact]
    public void Hunt_OfNoProcess_SaysSo() =>
        AssertError(2, "limpet: There is no process 999999999. `limpet ps` lists the .NET processes.\n", "--idle", "1s", "--pid", "999999999");

    [Fact]
    public void Hunt_OfNoDotNetProcess_SaysSo()
    {
        using Process sleep = Process.Start("sleep", "60");
        try
        {
            AssertError(2, $"limpet: Process {sleep.Id} is not a .NET process: ", "--idle", "1s", "--pid", $"{sleep.Id}");
            Assert.False(sleep.HasExited);
        }
        finally
        {
            sleep.Kill();
        }
    }

    [Fact]
    public void Hunt_OfACommandThatIsNotThere_SaysSo() =>
        AssertError(2, "limpet: Command no-such-shop is not found in PATH. Check its name, or give its path: ./no-such-shop\n", "--idle", "1s", "--", "no-such-shop");

    [Fact]
    public void Hunt_AboveTheStallLimit_IsRefusedAndTheTargetIsNeverStopped()
    {
        using TargetProcess process = TargetProcess.Start("objects 1000");
        AssertError(5, "limpet: A capture of this heap ", "--idle", "1s", "--max-stall", "1ms", "--pid", $"{process.Id}");
        Assert.Equal("done 1", process.Ask("x"));
    }

    [Fact]
    public void Hunt_OfAnotherUsersProcess_IsRefusedWithTheRemedy()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv"))
        {
            Assert.Skip("Another user is needed. Run the tests as root, with setpriv from util-linux installed.");
        }

        using TargetProcess process = TargetProcess.Start("objects 1000");
        CliRun run = CliProcess.Execute(
            ["setpriv", "--reuid=65534", "--clear-groups", "dotnet", CliProcess.Dll, "hunt", "--idle", "1s", "--pid", $"{process.Id}"],
            new Dictionary<string, string> { ["HOME"] = "/tmp" }).Expect(5);
        Assert.Contains($"limpet: Cannot look at process {process.Id}: it belongs to user 0", run.Error, StringComparison.Ordinal);
        Assert.Equal("done 1", process.Ask("x"));
    }

    [Theory]
    [InlineData("""
        {
          "command": ["x"],
          "stdinLime": "x"
        }
        """, """hunt.json(3,3): "stdinLime" is no word of a hunt. Did you mean "stdinLine"?""")]
    [InlineData("""
        {
          "command": ["x"],
          "rounds": "many"
        }
        """, """hunt.json(3,13): rounds is "many", and must be a whole number.""")]
    [InlineData("""
        {
          "command": ["x"],
          "rounds": ,
        }
        """, "hunt.json(3,13): this is no JSON: ")]
    public void Hunt_OfAWrongFile_NamesLineAndColumn(string text, string message)
    {
        using TemporaryFolder folder = new();
        string file = folder.File("hunt.json");
        File.WriteAllText(file, text);
        AssertError(2, $"limpet: {message}", file);
    }

    /// <summary>A stand-in: a C program that exports the symbol by which a NativeAOT program is told. The compiler package for a real one does not restore from every registry.</summary>
    [Fact]
    public void Hunt_OfAProgramWithTheMarkOfNativeAot_IsRefused()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/cc"), "Needs a C compiler: apt-get install gcc libc6-dev.");
        using TemporaryFolder folder = new();
        string source = folder.File("native.c");
        string program = folder.File("native");
        File.WriteAllText(source, "#include <unistd.h>\nint DotNetRuntimeDebugHeader = 1;\nint main(void) { pause(); return 0; }\n");
        using (Process compiler = Process.Start("/usr/bin/cc", ["-rdynamic", "-o", program, source]))
        {
            compiler.WaitForExit();
            Assert.Equal(0, compiler.ExitCode);
        }

        using Process process = Process.Start(program);
        try
        {
            AssertError(5, $"limpet: Process {process.Id} is a NativeAOT program: ", "--idle", "1s", "--pid", $"{process.Id}");
            Assert.False(process.HasExited);
        }
        finally
        {
            process.Kill();
        }
    }

    private static void AssertError(int exitCode, string message, params string[] arguments)
    {
        HuntOutcome hunt = Hunt.Run(arguments);
        hunt.Run.Expect(exitCode);
        string last = hunt.Run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1] + "\n";
        Assert.StartsWith(message, last, StringComparison.Ordinal);
        Assert.Equal("", hunt.Run.Output);
    }
}
