using System.Diagnostics;
using Limpet.Resources;
using Limpet.Resources.Linux;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Tests.Resources;

public sealed class DotNetProcessTests
{
    private static readonly IDotNetProcessDetector Detector = ProcessReaders.DotNet;

    [Fact]
    public void Detect_OwnProcess_CoreClrWithVersionAndSocket()
    {
        DotNetProcess process = Detector.Detect(Environment.ProcessId)!;

        Assert.Equal(DotNetKind.CoreClr, process.Kind);
        Assert.True(process.RuntimeStarted);
        Assert.False(process.IsSdkTool);
        Assert.Equal("Limpet.Tests", process.Name);
        Assert.Equal(Environment.Version.ToString(), process.RuntimeVersion);
        Assert.Equal(DiagnosticsSocketState.Ready, process.Diagnostics.State);
        Assert.True(File.Exists(process.Diagnostics.RequireReady(process.Pid)));
        process.RequireCoreClr();
    }

    [Fact]
    public void Detect_NoSuchProcess_Null()
    {
        using Child child = Child.Command("/bin/true");
        child.Process.WaitForExit();

        Assert.Null(Detector.Detect(child.Pid));
    }

    [Fact]
    public async Task Detect_OtherProgram_ErrorSaysSo()
    {
        using Child child = Child.Command("sleep", "60");
        await Eventually.TrueAsync(() => Detector.Detect(child.Pid) is { Name: "sleep" }, "sleep runs");

        DotNetProcess process = Detector.Detect(child.Pid)!;

        Assert.Equal(DotNetKind.None, process.Kind);
        LimpetException error = Assert.Throws<LimpetException>(process.RequireCoreClr);
        Assert.Equal(Trouble.BadInput, error.Trouble);
        Assert.Equal(
            $"Process {child.Pid} is not a .NET process: no libcoreclr.so is mapped in it. `limpet ps` lists the .NET processes; `limpet watch --pid {child.Pid}` follows a process of any language.",
            error.Message);
    }

    [Theory]
    [InlineData("DOTNET_EnableDiagnostics")]
    [InlineData("DOTNET_EnableDiagnostics_IPC")]
    [InlineData("COMPlus_EnableDiagnostics")]
    public async Task Detect_DiagnosticsOff_SwitchedOff(string variable)
    {
        using Child child = Child.DotNet((variable, "0"));
        await Eventually.TrueAsync(() => Detector.Detect(child.Pid) is { RuntimeStarted: true }, "the runtime started");

        DiagnosticsSocket socket = Detector.Detect(child.Pid)!.Diagnostics;

        Assert.Equal(DiagnosticsSocketState.SwitchedOff, socket.State);
        LimpetException error = Assert.Throws<LimpetException>(() => socket.RequireReady(child.Pid));
        Assert.Equal(Trouble.Refused, error.Trouble);
        Assert.Equal($"Process {child.Pid} was started with diagnostics switched off ({variable}=0). Start it without that setting.", error.Message);
    }

    [Fact]
    public async Task Detect_TargetsOwnTmpdir_FindsSocketAndRefusesForeignOnes()
    {
        Assert.SkipUnless(Unprivileged.Possible, "Needs root to give a file away: run the tests as root.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");
        using Child child = Child.DotNet(("TMPDIR", folder.FullName));
        await Eventually.TrueAsync(() => Detector.Detect(child.Pid) is { Diagnostics.IsReady: true }, "the socket");
        string path = Detector.Detect(child.Pid)!.Diagnostics.RequireReady(child.Pid);
        Assert.StartsWith(folder.FullName + "/dotnet-diagnostic-", path, StringComparison.Ordinal);

        Assert.Equal(0, Unprivileged.chown(path, Unprivileged.Nobody, -1));
        DiagnosticsSocket foreign = Detector.Detect(child.Pid)!.Diagnostics;
        Assert.Equal(DiagnosticsSocketState.Foreign, foreign.State);
        LimpetException error = Assert.Throws<LimpetException>(() => foreign.RequireReady(child.Pid));
        Assert.Equal(Trouble.Refused, error.Trouble);
        Assert.Contains("belongs to user 65534, the process to user 0", error.Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.Equal(DiagnosticsSocketState.Absent, Detector.Detect(child.Pid)!.Diagnostics.State);
        await File.WriteAllTextAsync(path, "", TestContext.Current.CancellationToken);
        Assert.Equal(DiagnosticsSocketState.Foreign, Detector.Detect(child.Pid)!.Diagnostics.State);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Detect_AsAnotherUser_UnknownWithReason()
    {
        Assert.SkipUnless(Unprivileged.Possible, "Needs root on x64 to become another user: run the tests as root.");
        using Child child = Child.DotNet();
        await Eventually.TrueAsync(() => Detector.Detect(child.Pid) is { RuntimeStarted: true }, "the runtime started");

        DotNetProcess process = Unprivileged.Run(() => Detector.Detect(child.Pid)!);

        Assert.Equal(DotNetKind.Unknown, process.Kind);
        Assert.Equal(DiagnosticsSocketState.Unknown, process.Diagnostics.State);
        LimpetException error = Assert.Throws<LimpetException>(process.RequireCoreClr);
        Assert.Equal(Trouble.Refused, error.Trouble);
        Assert.Equal(
            $"Cannot look at process {child.Pid}: it belongs to user 0, and the system lets only that user (or one with CAP_SYS_PTRACE) read it. Run limpet as that user.",
            error.Message);
        Assert.Throws<LimpetException>(() => process.Diagnostics.RequireReady(child.Pid));
    }

    [Theory]
    [InlineData("DotNetRuntimeDebugHeader", DotNetKind.NativeAot)]
    [InlineData("DotNetRuntimeInfo", DotNetKind.CoreClr)]
    [InlineData("NotDotNetRuntimeInfoAtAll", DotNetKind.None)]
    public async Task Detect_ProgramThatExportsSymbol_IsTold(string symbol, DotNetKind kind)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/cc"), "Needs a C compiler: apt-get install gcc libc6-dev.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");
        string source = Path.Combine(folder.FullName, "program.c");
        string program = Path.Combine(folder.FullName, "program");
        await File.WriteAllTextAsync(source, $"#include <unistd.h>\nint {symbol} = 1;\nint main(void) {{ pause(); return 0; }}\n", TestContext.Current.CancellationToken);
        using (Process compiler = Process.Start("/usr/bin/cc", ["-rdynamic", "-o", program, source]))
        {
            await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, compiler.ExitCode);
        }

        using Child child = Child.Command(program);
        await Eventually.TrueAsync(() => Detector.Detect(child.Pid) is { Name: "program" }, "the program runs");

        DotNetProcess process = Detector.Detect(child.Pid)!;
        Assert.Equal(kind, process.Kind);
        Assert.False(process.RuntimeStarted);
        if (kind == DotNetKind.NativeAot)
        {
            LimpetException error = Assert.Throws<LimpetException>(process.RequireCoreClr);
            Assert.Equal(Trouble.Refused, error.Trouble);
            Assert.Contains("is a NativeAOT program", error.Message, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/usr/share/dotnet/dotnet", "dotnet run -c Release", "dotnet", true)]
    [InlineData("/usr/share/dotnet/dotnet", "dotnet watch", "dotnet", true)]
    [InlineData("/usr/share/dotnet/dotnet", "dotnet bin/Shop.dll --urls x", "Shop", false)]
    [InlineData("/usr/share/dotnet/dotnet", "dotnet exec --runtimeconfig a.json --depsfile b.json bin/Shop.dll", "Shop", false)]
    [InlineData("/usr/share/dotnet/dotnet", "/usr/share/dotnet/dotnet /usr/share/dotnet/sdk/10.0.401/MSBuild.dll /nodemode:1", "MSBuild", true)]
    [InlineData("/usr/share/dotnet/dotnet", "/usr/share/dotnet/dotnet exec /usr/share/dotnet/sdk/10.0.401/Roslyn/bincore/VBCSCompiler.dll -pipename:x", "VBCSCompiler", true)]
    [InlineData("/usr/share/dotnet/sdk/10.0.401/Roslyn/bincore/VBCSCompiler", "VBCSCompiler", "VBCSCompiler", true)]
    [InlineData("/work/bin/MSBuild", "MSBuild", "MSBuild", false)]
    [InlineData("/work/sdk/bin/Shop", "Shop", "Shop", false)]
    public void ProgramName_OfCommandLine_IsToldFromTheSdk(string executable, string commandLine, string name, bool isSdkTool) =>
        Assert.Equal((name, isSdkTool), ProgramName.Of(executable, [.. commandLine.Split(' ')]));
}
