using System.Diagnostics;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Target;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Tests.Hunting;

public sealed class ReadinessTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_DotNetCommand_ReadyWhenItsRuntimeStarted()
    {
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Command());

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(null, null, Long), cancellationToken: Cancelled);

        Assert.Equal(target.RootPid, Assert.IsType<ReadinessOutcome.Ready>(outcome).Program.Pid);
        Assert.Equal(target.RootPid, target.Program!.Pid);
    }

    [Fact]
    public async Task Wait_ProgramBehindAShell_IsFound()
    {
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Wrapped(["/bin/sh", "-c", "echo building; sleep 1; \"$0\"; exit $?", DotNetChild.Path]));

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(Pattern("^listening"), null, Long), cancellationToken: Cancelled);
        // Without the line there would be no pattern to register: the target was started without one.
        DotNetProcess program = Assert.IsType<ReadinessOutcome.Ready>(outcome).Program;
        Assert.NotEqual(target.RootPid, program.Pid);
        Assert.Equal("Limpet.Cli.Tests", program.Name);

        await target.WriteAsync("exit 6\n"u8.ToArray(), Cancelled);
        Assert.Equal(6, (await target.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancelled)).ExitCode);
    }

    [Fact]
    public async Task Wait_ReadyLine_IsWaitedFor()
    {
        await using HuntTarget target = HuntTarget.Start(
            DotNetChild.Wrapped(["/bin/sh", "-c", "\"$0\" <&0 & sleep 1; echo Now ready >&2; wait", DotNetChild.Path], "deaf"), Pattern("^Now ready"));

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(Pattern("^Now ready"), null, Long), cancellationToken: Cancelled);

        Assert.InRange(Assert.IsType<ReadinessOutcome.Ready>(outcome).After, TimeSpan.FromSeconds(0.9), Long);
    }

    [Fact]
    public async Task Wait_ReadyUrl_WaitsForSuccess()
    {
        using TestServer server = new();
        int asked = 0;
        server.Answer = _ => ++asked < 3 ? (503, "later") : (200, "ok");
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Command());

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(null, server.Address, Long), cancellationToken: Cancelled);

        Assert.IsType<ReadinessOutcome.Ready>(outcome);
        Assert.Equal(3, asked);
    }

    /// <summary>As the development servers of ASP.NET have; the driver takes it as well.</summary>
    [Fact]
    public async Task Wait_ReadyUrlWithACertificateOfItsOwn_IsReady()
    {
        using TlsServer server = new();
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Command());

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(null, server.Address, Long), cancellationToken: Cancelled);

        Assert.IsType<ReadinessOutcome.Ready>(outcome);
        using IDriver driver = new UrlDriver(new DriverOptions.Url([server.Address]), 1);
        Assert.Equal(3, (await Stretch.DriveAsync(driver, 3, 1, Long, Cancelled)).Done);
    }

    [Fact]
    public async Task Wait_LineNeverComes_DeadlinePassedWithTheProgram()
    {
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Command(), Pattern("^never"));

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(Pattern("^never"), new Uri("http://127.0.0.1:1/"), TimeSpan.FromSeconds(3)), cancellationToken: Cancelled);

        ReadinessOutcome.DeadlinePassed passed = Assert.IsType<ReadinessOutcome.DeadlinePassed>(outcome);
        Assert.Equal(target.RootPid, passed.Program!.Pid);
        Assert.Equal("The target was not ready within 3s: no line of its output matched ^never, http://127.0.0.1:1/ did not answer with success (Connection refused (127.0.0.1:1)).", passed.Missing);
    }

    [Fact]
    public async Task Wait_TargetExitsBefore_EndedAtOnceWithItsOutput()
    {
        await using HuntTarget target = HuntTarget.Start(HuntTargetTests.Shell("echo cannot bind; exit 4"));

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(null, null, Long), cancellationToken: Cancelled);

        TargetExit exit = Assert.IsType<ReadinessOutcome.TargetEnded>(outcome).Exit;
        Assert.Equal("exited with code 4; its last output:\n    cannot bind", exit.Describe());
    }

    [Fact]
    public async Task Wait_NoDotNetProgram_SaysWhatRanInstead()
    {
        await using HuntTarget target = HuntTarget.Start(new ProcessCommand(["cat"]));

        LimpetException error = await Assert.ThrowsAsync<LimpetException>(
            () => Readiness.WaitAsync(target, new ReadinessOptions(null, null, TimeSpan.FromSeconds(1)), cancellationToken: Cancelled));

        Assert.Equal(
            "The command started no .NET program within 1s; its processes are: cat. hunt needs one; `limpet watch` follows a process of any language. When a build takes longer, build before, or raise --ready-timeout.",
            error.Message);
    }

    [Fact]
    public async Task Wait_SeveralPrograms_ListsThem()
    {
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Wrapped(["/bin/sh", "-c", "\"$0\" <&0 & \"$0\" <&0 & wait", DotNetChild.Path], "deaf"), Pattern("never"));

        LimpetException error = await Assert.ThrowsAsync<LimpetException>(
            () => Readiness.WaitAsync(target, new ReadinessOptions(Pattern("never"), null, Long), cancellationToken: Cancelled));

        Assert.StartsWith("The command started 2 .NET programs, and a hunt looks at one:\n", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nChoose by --process NAME, such as --process Limpet.Cli.Tests.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limpet.cli.tests")]
    [InlineData("Limpet.Cli.Tests.dll")]
    public async Task Wait_ProcessName_Chooses(string name)
    {
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Wrapped(["/bin/sh", "-c", "\"$0\"; exit", DotNetChild.Path]));

        Assert.IsType<ReadinessOutcome.Ready>(await Readiness.WaitAsync(target, new ReadinessOptions(null, null, Long), name, Cancelled));
    }

    [Fact]
    public async Task Wait_UnknownProcessName_SaysSo()
    {
        await using HuntTarget target = HuntTarget.Start(DotNetChild.Command());

        LimpetException error = await Assert.ThrowsAsync<LimpetException>(
            () => Readiness.WaitAsync(target, new ReadinessOptions(null, null, TimeSpan.FromSeconds(1)), "Shop", Cancelled));

        Assert.Equal("The command started no .NET program called Shop within 1s; its processes are: Limpet.Cli.Tests. Check --process, or raise --ready-timeout.", error.Message);
    }

    [Fact]
    public async Task Wait_DotnetRun_FindsTheProgramAndNotTheBuild()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Target.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """, Cancelled);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Program.cs"), """
            System.Console.WriteLine("listening");
            while (System.Console.ReadLine() is { } line) System.Console.WriteLine("done " + line);
            return 11;
            """, Cancelled);
        LinePattern line = Pattern("^listening");
        HuntTarget target = HuntTarget.Start(new ProcessCommand(["dotnet", "run"]) { WorkingDirectory = folder.FullName }, line);

        ReadinessOutcome outcome = await Readiness.WaitAsync(target, new ReadinessOptions(line, null, TimeSpan.FromMinutes(3)), cancellationToken: Cancelled);

        DotNetProcess program = Assert.IsType<ReadinessOutcome.Ready>(outcome).Program;
        Assert.Equal("Target", program.Name);
        Assert.NotEqual(target.RootPid, program.Pid);
        ProcessEntry entry = ProcessReaders.Tree.Find(program.Pid)!;
        await target.DisposeAsync();
        Assert.Equal(11, (await target.Exited).ExitCode);
        Assert.False(ProcessSignal.IsAlive(entry));
        folder.Delete(recursive: true);
    }

    private static LinePattern Pattern(string text) => LinePattern.TryParse(text, out LinePattern? pattern, out _) ? pattern! : throw new UnreachableException();
}
