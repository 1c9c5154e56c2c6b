using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>Limits and switches of a machine, as this process meets them. What the system does not tell is null.</summary>
public sealed record MachineFacts
{
    /// <summary>The kernel, such as <c>6.1.0-18-amd64</c>.</summary>
    public string? Kernel { get; init; }

    /// <summary>The user that this process acts as.</summary>
    public int? Uid { get; init; }

    /// <summary>Whether this process has CAP_SYS_PTRACE.</summary>
    public bool MayTraceAll { get; init; }

    /// <summary><c>kernel.yama.ptrace_scope</c>; null where the kernel has no yama.</summary>
    public long? PtraceScope { get; init; }

    /// <summary><c>kernel.perf_event_paranoid</c>.</summary>
    public long? PerfParanoid { get; init; }

    /// <summary>Descriptors that a process may open.</summary>
    public long? OpenFiles { get; init; }

    /// <summary>What a process may raise that to by itself.</summary>
    public long? OpenFilesHard { get; init; }

    /// <summary>Threads that may run: of the machine, or of the control group where that allows fewer.</summary>
    public long? Threads { get; init; }

    /// <summary>First and last port that an outgoing connection may have.</summary>
    public (long First, long Last)? Ports { get; init; }

    /// <summary>Connections in TIME_WAIT, which keep their ports.</summary>
    public int? TimeWait { get; init; }

    /// <summary><c>vm.overcommit_memory</c>.</summary>
    public long? Overcommit { get; init; }

    /// <summary>Mappings that a process may have.</summary>
    public long? Mappings { get; init; }

    /// <summary>Inotify instances that a user may have; each FileSystemWatcher takes one.</summary>
    public long? InotifyInstances { get; init; }

    /// <summary>Version of the control groups.</summary>
    public int? GroupVersion { get; init; }

    /// <summary>Memory limits.</summary>
    public MemoryRoom Memory { get; init; } = new();

    /// <summary>Where runtimes make their diagnostics sockets, unless a program has another TMPDIR.</summary>
    public string TemporaryFolder { get; init; } = "/tmp";

    /// <summary>What is free there: a dump needs as much as the program has in memory.</summary>
    public ByteSize? TemporaryRoom { get; init; }

    /// <summary>Diagnostics sockets of this user's programs there.</summary>
    public int OwnSockets { get; init; }

    /// <summary>Diagnostics sockets of other users' programs there.</summary>
    public int OtherSockets { get; init; }

    /// <summary>Sockets there whose programs have ended without taking them away.</summary>
    public int LeftSockets { get; init; }

    /// <summary>Runtimes that are installed.</summary>
    public ImmutableArray<InstalledRuntime> Runtimes { get; init; } = [];

    /// <summary>Settings of the collector and of diagnostics in the environment, which programs started from here inherit.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
