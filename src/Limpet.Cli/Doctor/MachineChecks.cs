using System.Globalization;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Doctor;

/// <summary>What limits and switches mean: a pure function of them.</summary>
internal static class MachineChecks
{
    private const double Full = 0.8;
    private const long FewFiles = 1024;
    private const long FewInstances = 128;

    public static IEnumerable<MachineCheck> Of(MachineFacts facts)
    {
        yield return Tracing(facts);
        yield return Sockets(facts);
        foreach (InstalledRuntime runtime in facts.Runtimes)
        {
            yield return Parts(runtime);
        }

        yield return Dumps(facts);
        yield return Files(facts);
        yield return Ports(facts);
        yield return Known("threads", facts.Threads, "threads and processes that may run: of the machine, or of the control group where that allows fewer");
        yield return GroupMemory(facts.Memory, facts.GroupVersion);
        yield return HostMemory(facts.Memory);
        yield return Overcommit(facts.Overcommit);
        yield return Known("mappings of a process", facts.Mappings, "vm.max_map_count: a mapping for each stack, library and large block of native memory");
        yield return Inotify(facts.InotifyInstances);
        yield return Perf(facts);
        yield return Settings(facts);
    }

    private static MachineCheck Tracing(MachineFacts facts)
    {
        const string Needs = "hunt, snapshot, inspect, why and diff of a process read its memory (ptrace)";
        string value = facts.PtraceScope is { } scope ? $"yama ptrace_scope={scope}" : "no yama";
        value += facts.MayTraceAll ? ", CAP_SYS_PTRACE" : "";
        return facts.PtraceScope switch
        {
            3 => new("tracing", CheckState.Refused, value, $"{Needs}, and nobody may", "start the machine without kernel.yama.ptrace_scope=3; it cannot be undone while it runs. Until then its own runtime can write a dump, which limpet does by itself"),
            _ when facts.MayTraceAll => new("tracing", CheckState.Ok, value, $"{Needs}: of every user", null),
            2 => new("tracing", CheckState.Refused, value, $"{Needs}, and only CAP_SYS_PTRACE may", "run limpet as root (in a container: --cap-add=SYS_PTRACE), or sysctl kernel.yama.ptrace_scope=0"),
            1 => new("tracing", CheckState.Limited, value, $"{Needs}, and only of processes that limpet started itself", "start the program with limpet hunt -- CMD, run limpet as root (in a container: --cap-add=SYS_PTRACE), or sysctl kernel.yama.ptrace_scope=0"),
            _ => new("tracing", CheckState.Ok, value, $"{Needs}: of this user's processes", null),
        };
    }

    private static MachineCheck Sockets(MachineFacts facts)
    {
        string value = Text($"{facts.OwnSockets} of this user's programs, {facts.OtherSockets} of others, {facts.LeftSockets:N0} left by programs that were killed, in {facts.TemporaryFolder}");
        const string Needs = "induced collections (hunt), counters (watch) and dumps go through the diagnostics socket of a program";
        return facts.OtherSockets > 0 && facts.Uid != 0
            ? new("diagnostics sockets", CheckState.Limited, value, $"{Needs}; those of other users cannot be connected to", "run limpet as the user of the program")
            : new("diagnostics sockets", CheckState.Ok, value, Needs, null);
    }

    private static MachineCheck Parts(InstalledRuntime runtime)
    {
        string name = $"runtime {runtime.Version}";
        return runtime switch
        {
            { HasDataAccess: false } => new(name, CheckState.Refused, "no libmscordaccore.so", "the heaps of its programs cannot be read", $"install the whole runtime: libmscordaccore.so of the same version belongs into {runtime.Folder}"),
            { HasDumper: false } => new(name, CheckState.Limited, "no createdump", "its programs can write no dump of themselves, which is the way where tracing is refused", $"install the whole runtime: createdump belongs into {runtime.Folder}"),
            _ => new(name, CheckState.Ok, "libmscordaccore.so, createdump", "heaps of its programs can be read, and dumps written", null),
        };
    }

    private static MachineCheck Dumps(MachineFacts facts) => facts.TemporaryRoom is { } room
        ? new("room for dumps", CheckState.Ok, Text($"{room} in {facts.TemporaryFolder}"), "a dump takes about what the program has in memory", null)
        : new("room for dumps", CheckState.Unknown, Text($"{facts.TemporaryFolder} is not there"), "runtimes make their diagnostics sockets there, and dumps are written to it", "make the folder, or set TMPDIR to one that is there");

    private static MachineCheck Files(MachineFacts facts)
    {
        string value = facts.OpenFiles is { } soft ? Text($"{soft:N0}, may be raised to {facts.OpenFilesHard:N0}") : "?";
        const string Means = "descriptors that a process may open: files, sockets, pipes, watches (.NET raises its own limit to the second number when it starts)";
        return facts.OpenFiles is null ? new("open files", CheckState.Unknown, value, Means, null)
            : facts.OpenFilesHard <= FewFiles ? new("open files", CheckState.Limited, value, Means, "raise the hard limit: ulimit -Hn, LimitNOFILE= of the service, or --ulimit nofile= of the container")
            : new("open files", CheckState.Ok, value, Means, null);
    }

    private static MachineCheck Ports(MachineFacts facts)
    {
        const string Means = "outgoing connections to one address; a closed one keeps its port in TIME_WAIT for 60 s";
        if (facts.Ports is not var (first, last))
        {
            return new("ports", CheckState.Unknown, "?", Means, null);
        }

        long ports = last - first + 1;
        string value = Text($"{ports:N0} ({first} to {last}), {facts.TimeWait?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} in TIME_WAIT");
        return facts.TimeWait > Full * ports
            ? new("ports", CheckState.Limited, value, Means, "reuse connections (one HttpClient or pool for all), or widen net.ipv4.ip_local_port_range")
            : new("ports", CheckState.Ok, value, Means, null);
    }

    private static MachineCheck GroupMemory(MemoryRoom memory, int? version)
    {
        const string Name = "memory of the control group";
        if (memory.GroupLimit is not { } limit)
        {
            return new(Name, CheckState.Ok, version is null ? "no control groups" : "no limit", "what a program takes is limited by the machine alone", null);
        }

        string value = Text($"{memory.GroupHeld?.ToString() ?? "?"} of {limit}{Reclaimable(memory)} (version {version})");
        const string Means = "the kernel ends processes of the group when it is full; .NET takes 75 % of it for its heap at most, unless told otherwise";
        return memory.GroupHeld?.Bytes > Full * limit.Bytes
            ? new(Name, CheckState.Limited, value, Means, "raise the limit of the container, or the kernel ends programs soon; limpet watch --max-rss names who takes it")
            : new(Name, CheckState.Ok, value, Means, null);
    }

    private static string Reclaimable(MemoryRoom memory) => memory.GroupReclaimable is { Bytes: > 0 } files ? $", and {files} of files that the kernel takes back" : "";

    private static MachineCheck HostMemory(MemoryRoom memory) => memory is { HostTotal: { } total, HostAvailable: { } free }
        ? new("memory of the machine", free.Bytes < (1 - Full) * total.Bytes ? CheckState.Limited : CheckState.Ok, Text($"{free} of {total} available"), "what programs can still get without swapping", free.Bytes < (1 - Full) * total.Bytes ? "end what is not needed before you measure: swapping disturbs it" : null)
        : new("memory of the machine", CheckState.Unknown, "?", "what programs can still get without swapping", null);

    private static MachineCheck Overcommit(long? overcommit) => overcommit switch
    {
        null => new("overcommit", CheckState.Unknown, "?", "whether memory may be promised that is not there", null),
        2 => new("overcommit", CheckState.Limited, "vm.overcommit_memory=2", "no more than there is may be promised; .NET reserves 256 GB of addresses, which do not count", "set DOTNET_GCRegionRange if a program does not start"),
        var mode => new("overcommit", CheckState.Ok, Text($"vm.overcommit_memory={mode}"), "memory may be promised that is not there: a leak ends with the kernel's choice of a process, and not with an OutOfMemoryException", null),
    };

    private static MachineCheck Inotify(long? instances) => instances is null
        ? new("inotify instances", CheckState.Unknown, "?", "each FileSystemWatcher, and each configuration file that is reloaded on change, takes one", null)
        : new(
            "inotify instances",
            instances <= FewInstances ? CheckState.Limited : CheckState.Ok,
            Text($"{instances:N0} a user"),
            "each FileSystemWatcher, and each configuration file that is reloaded on change, takes one",
            instances <= FewInstances ? "raise fs.inotify.max_user_instances where many hosts run under one user, as in integration tests" : null);

    private static MachineCheck Perf(MachineFacts facts) => facts.PerfParanoid is { } level
        ? new("perf events", level > 1 && !facts.MayTraceAll && facts.Uid != 0 ? CheckState.Limited : CheckState.Ok, Text($"kernel.perf_event_paranoid={level}"), "limpet does not need them; profilers of native allocations (perf, bpf) do", level > 1 && !facts.MayTraceAll && facts.Uid != 0 ? "sysctl kernel.perf_event_paranoid=1 for these" : null)
        : new("perf events", CheckState.Unknown, "the kernel has none", "limpet does not need them; profilers of native allocations (perf, bpf) do", null);

    private static MachineCheck Settings(MachineFacts facts)
    {
        bool isOff = facts.Settings.Any(setting => setting.Key.Contains("EnableDiagnostics", StringComparison.Ordinal) && setting.Value == "0");
        string value = facts.Settings.IsEmpty ? "none" : string.Join(", ", facts.Settings.Select(setting => $"{setting.Key}={setting.Value}"));
        const string Means = "settings of collector and diagnostics in this environment, which programs started from here inherit";
        return isOff
            ? new("settings of .NET", CheckState.Limited, value, Means, "without diagnostics there are no induced collections, no counters and no dumps: start programs without DOTNET_EnableDiagnostics=0")
            : new("settings of .NET", CheckState.Ok, value, Means, null);
    }

    private static MachineCheck Known(string name, long? value, string means) =>
        value is { } known ? new(name, CheckState.Ok, Text($"{known:N0}"), means, null) : new(name, CheckState.Unknown, "?", means, null);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
