using System.Collections.Immutable;
using Limpet.Cli.Doctor;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Tests.Doctor;

public sealed class MachineChecksTests
{
    [Theory]
    [InlineData(null, false, CheckState.Ok)]
    [InlineData(0L, false, CheckState.Ok)]
    [InlineData(1L, false, CheckState.Limited)]
    [InlineData(1L, true, CheckState.Ok)]
    [InlineData(2L, false, CheckState.Refused)]
    [InlineData(2L, true, CheckState.Ok)]
    [InlineData(3L, true, CheckState.Refused)]
    public void Tracing_ByScopeAndRight_IsSaidWithRemedy(long? scope, bool mayTraceAll, CheckState expected)
    {
        MachineCheck check = Of("tracing", new MachineFacts { PtraceScope = scope, MayTraceAll = mayTraceAll });
        Assert.Equal(expected, check.State);
        Assert.Equal(expected == CheckState.Ok, check.Remedy is null);
    }

    [Fact]
    public void Of_NothingKnown_SaysSoAndNamesNoRemedyForIt()
    {
        MachineCheck[] checks = [.. MachineChecks.Of(new MachineFacts())];
        Assert.Contains(checks, check => check.State == CheckState.Unknown);
        Assert.All(checks, check => Assert.True(check.State is CheckState.Ok or CheckState.Unknown, check.ToString()));
        Assert.All(checks, check => Assert.NotEmpty(check.Value));
    }

    [Fact]
    public void Of_WhatIsShort_HasARemedy()
    {
        MachineFacts facts = new()
        {
            Uid = 1000,
            OpenFiles = 1024,
            OpenFilesHard = 1024,
            Ports = (32768, 60999),
            TimeWait = 27_000,
            InotifyInstances = 128,
            PerfParanoid = 3,
            Overcommit = 2,
            OtherSockets = 2,
            Memory = new MemoryRoom { GroupLimit = new ByteSize(1000), GroupUsage = new ByteSize(900), HostTotal = new ByteSize(1000), HostAvailable = new ByteSize(100) },
            Runtimes = [new InstalledRuntime("9.0.1", "/opt/9", false, true), new InstalledRuntime("10.0.1", "/opt/10", true, false)],
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("DOTNET_EnableDiagnostics", "0"),
        };
        Assert.Equal(
            """
            diagnostics sockets Limited
            runtime 9.0.1 Refused
            runtime 10.0.1 Limited
            open files Limited
            ports Limited
            memory of the control group Limited
            memory of the machine Limited
            overcommit Limited
            inotify instances Limited
            perf events Limited
            settings of .NET Limited
            """,
            string.Join('\n', MachineChecks.Of(facts).Where(check => check.Remedy is not null && check.State is CheckState.Limited or CheckState.Refused).Select(check => $"{check.Name} {check.State}")),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Of_AGroupFullOfFiles_IsNotShortOfMemory()
    {
        MachineCheck check = Of("memory of the control group", new MachineFacts { Memory = new MemoryRoom { GroupLimit = new ByteSize(1000), GroupUsage = new ByteSize(990), GroupReclaimable = new ByteSize(600) } });

        Assert.Equal(CheckState.Ok, check.State);
        Assert.StartsWith("390 B of 1000 B, and 600 B of files that the kernel takes back", check.Value, StringComparison.Ordinal);
    }

    private static MachineCheck Of(string name, MachineFacts facts) => MachineChecks.Of(facts).Single(check => check.Name == name);
}
