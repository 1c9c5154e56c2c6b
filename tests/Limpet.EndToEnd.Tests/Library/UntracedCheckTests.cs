using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>Checks that fail where the system refuses the right to trace, really: a filter makes the kernel refuse the calls. The runtime of the test is asked instead.</summary>
public sealed class UntracedCheckTests : IDisposable
{
    private const string Names = "Limpet.EndToEnd.Tests.Library.UntracedProgram";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Checks_WhereTheToolMayNotTrace_AreExplainedByADump()
    {
        Run(["dotnet", Program], ("LIMPET_TOOL", UntracedTool()));

        string collected = Report("collected");
        Assert.StartsWith($"Leak: {Names}.Parcel: It was reachable after ", collected, StringComparison.Ordinal);
        Assert.Contains($"┬─── static field {Names}.s_parcels\n", collected, StringComparison.Ordinal);
        Assert.Contains($"ManagedLeak  {Names}.Parcel  3 retained, 72 B\n", collected, StringComparison.Ordinal);
        Assert.Matches("\ntraces from: a dump that the runtime of this process wrote, read and deleted. Cannot read process [0-9]+: ptrace is refused, errno 1. Run limpet as ", collected);
        Assert.DoesNotContain("no trace: ", collected, StringComparison.Ordinal);
        Assert.StartsWith($"Inconclusive: False retention: only the test itself holds the {Names}.Stamp, in ", Report("local"), StringComparison.Ordinal);
        Assert.Contains($"ManagedLeak  {Names}.Crate  3 retained, 72 B\n", Report("tracked"), StringComparison.Ordinal);
        Assert.Contains(" at UntracedProgram.WaitForTheOther", Report("hang"), StringComparison.Ordinal);
        string operation = Report("operation");
        Assert.StartsWith("Leak: ", operation, StringComparison.Ordinal);
        Assert.Contains($"┬─── static field {Names}.s_letters\n", operation, StringComparison.Ordinal);
        Assert.Matches("26 more after 26 operations more, by two heaps. The verdict rests on the bytes.", operation);
        Assert.Contains("\nUnboundedGrowth  managed memory\n", operation, StringComparison.Ordinal);
        Assert.Contains("\ntraces from: a dump ", operation, StringComparison.Ordinal);
        Assert.Matches("^2 live, 48 B, [0-9]+ garbage, Dump\nCannot read process [0-9]+: ptrace is refused, errno 1. ", Report("census"));
        Assert.StartsWith("2 live, 48 B, 0 garbage, Dump\n", Report("base"), StringComparison.Ordinal);
        Assert.Equal("1 of 2, 1 pairs, rooted: True", Report("cycles"));
        Assert.Matches("^3 parcels, 2 pending, strong handles, Dump\nCannot read process [0-9]+: ptrace is refused, errno 1. ", Report("heap"));
        Assert.DoesNotContain("\npending async operations: ", Report("heap"), StringComparison.Ordinal);
        Assert.All(Reports, report => Assert.DoesNotContain("Limpet.Checks", Report(report), StringComparison.Ordinal));
    }

    [Fact]
    public void Checks_WhereTheRuntimeMayNotReadItselfEither_AreExplainedByEvents()
    {
        // What sets the filter is a .NET program in the same process: without a port of its own, or that of the test would find its place taken.
        Run(["dotnet", TargetProcess.DefaultDll, "--no-tracing", "env", "-u", "DOTNET_EnableDiagnostics", "dotnet", Program], ("DOTNET_EnableDiagnostics", "0"));

        string collected = Report("collected");
        Assert.StartsWith($"Leak: {Names}.Parcel: It was reachable after ", collected, StringComparison.Ordinal);
        Assert.Contains($"┬─── static field {Names}.s_parcels\n", collected, StringComparison.Ordinal);
        Assert.Matches(
            "\ntraces from: the events by which the runtime of this process told of its heap. They know types and no single objects: .* Cannot read process ([0-9]+): ptrace is refused, .* The runtime of process \\1 does not write a dump: ",
            collected);
        Assert.Contains("\nnot seen: members: the events of a heap do not say which field or element refers to an object\n", collected, StringComparison.Ordinal);
        Assert.StartsWith($"Inconclusive: Only stacks and async methods reach the {Names}.Stamp, and events do not say whose: it may be the test itself", Report("local"), StringComparison.Ordinal);
        Assert.Contains($"ManagedLeak  {Names}.Crate  3 retained, 72 B\n", Report("tracked"), StringComparison.Ordinal);
        Assert.Matches("\nno trace: the limpet tool refused: Cannot read process ([0-9]+): ptrace is refused, .* The runtime of process \\1 does not write a dump: ", Report("hang"));
        string operation = Report("operation");
        Assert.StartsWith("Leak: ", operation, StringComparison.Ordinal);
        Assert.Contains($"┬─── static field {Names}.s_letters\n", operation, StringComparison.Ordinal);
        Assert.Matches("^2 live, 48 B, unknown garbage, EventPipe\nCannot read process ([0-9]+): ptrace is refused, .* The runtime of process \\1 does not write a dump: ", Report("census"));
        Assert.Matches(
            $"^Refused: Cannot read process .* The events of its runtime do not say what a type is based on, and {Names}.FoldedCarton derives from {Names}.Carton. Count classes that nothing derives from, or run the test where its memory can be read.\n$",
            Report("base"));
        Assert.Matches(
            "^Refused: the limpet tool refused: Cannot read process ([0-9]+): ptrace is refused, .* The runtime of process \\1 does not write a dump: .* The events of its runtime name no single objects, and so none of those that are tracked. Run the test where its memory can be read.\n$",
            Report("cycles"));
        Assert.Matches("^3 parcels, unknown pending, strong handles, EventPipe\nCannot read process ", Report("heap"));
        Assert.Contains("\npending async operations: the events of the runtime do not say which async methods have ended. Cannot read process ", Report("heap"), StringComparison.Ordinal);
        Assert.All(Reports, report => Assert.DoesNotContain("Limpet.Checks", Report(report), StringComparison.Ordinal));
    }

    [Fact]
    public void Checks_WhereNothingAnswers_KeepTheirVerdictsAndSayEachReason()
    {
        Run(["dotnet", TargetProcess.DefaultDll, "--no-tracing", "dotnet", Program], ("DOTNET_EnableDiagnostics", "0"));

        foreach ((string report, string verdict) in new[] { ("collected", "Leak"), ("tracked", "Leak"), ("operation", "Leak"), ("hang", "Hang") })
        {
            string text = Report(report);
            Assert.StartsWith($"{verdict}: ", text, StringComparison.Ordinal);
            string line = Assert.Single(text.Split('\n'), line => line.StartsWith("no trace: ", StringComparison.Ordinal));
            Assert.Contains("ptrace is refused", line, StringComparison.Ordinal);
            Assert.Contains("does not write a dump: ", line, StringComparison.Ordinal);
            Assert.Equal(report != "hang", line.Contains("cannot be had by events: ", StringComparison.Ordinal));
            Assert.DoesNotContain("traces from: ", text, StringComparison.Ordinal);
        }

        foreach (string report in (string[])["census", "base", "cycles"])
        {
            Assert.Matches("^Refused: the limpet tool refused: Cannot read process ([0-9]+): ptrace is refused, .* The runtime of process \\1 does not write a dump: ", Report(report));
        }

        string heap = Report("heap");
        Assert.StartsWith("no heap\n", heap, StringComparison.Ordinal);
        Assert.All(
            ["instances", "pending async operations", "GC handles"],
            what => Assert.Matches($"\n{what}: the limpet tool refused: .*ptrace is refused.* does not write a dump: .* cannot be had by events: ", heap));
    }

    private static string[] Reports => ["collected", "local", "tracked", "hang", "operation"];

    private static string Program => typeof(UntracedProgram).Assembly.Location;

    private string Report(string name) => File.ReadAllText(folder.File(name)).ReplaceLineEndings("\n");

    /// <summary>The tool, as one that may trace nobody.</summary>
    private string UntracedTool()
    {
        string file = folder.File("tool");
        File.WriteAllText(file, $"#!/bin/sh\nexec dotnet '{TargetProcess.DefaultDll}' --no-tracing dotnet '{CliProcess.Dll}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return file;
    }

    private void Run(string[] command, (string Name, string Value) variable)
    {
        string temporary = Directory.CreateDirectory(folder.File("tmp")).FullName;
        CliRun run = CliProcess.Execute(
            [.. command, "--filter-class", Names],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [UntracedProgram.Variable] = folder.Path,
                ["TMPDIR"] = temporary,
                ["LIMPET_GUARD_CONFIRM"] = "0",
                [variable.Name] = variable.Value,
            },
            Deadline);
        if (run.ExitCode == 77)
        {
            Assert.Skip("This kernel has no seccomp filters, by which tracing is refused.");
        }

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Empty(Directory.GetDirectories(temporary, "limpet-dump-*"));
    }
}
