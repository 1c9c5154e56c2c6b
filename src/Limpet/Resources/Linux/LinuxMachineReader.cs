using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Limpet.Results;

namespace Limpet.Resources.Linux;

/// <summary>Reads what the machine allows, from <c>/proc</c>, <c>/sys</c> and the folders of runtimes.</summary>
/// <param name="root">Where these are; empty for this machine.</param>
internal sealed class LinuxMachineReader(string root) : IMachineReader
{
    private const int TraceCapability = 19;
    private const string SocketPattern = "dotnet-diagnostic-*-socket";

    /// <summary>Prefixes of settings that change what is measured.</summary>
    private static readonly string[] Settings = ["DOTNET_GC", "DOTNET_gc", "DOTNET_EnableDiagnostics", "DOTNET_TieredCompilation", "COMPlus_", "MALLOC_"];

    public static LinuxMachineReader Instance { get; } = new("");

    public MachineFacts Read()
    {
        string temporary = Environment.GetEnvironmentVariable("TMPDIR") is { Length: > 0 } given ? given : "/tmp";
        int? uid = ProcStatus.Read(Environment.ProcessId).Uid;
        (int own, int others, int left) = Sockets(root + temporary, uid);
        (long? soft, long? hard) = OpenFiles();
        return new MachineFacts
        {
            Kernel = Text("/proc/sys/kernel/osrelease"),
            Uid = uid,
            MayTraceAll = (Capabilities() & (1UL << TraceCapability)) != 0,
            PtraceScope = Number("/proc/sys/kernel/yama/ptrace_scope"),
            PerfParanoid = Number("/proc/sys/kernel/perf_event_paranoid"),
            OpenFiles = soft,
            OpenFilesHard = hard,
            Threads = Least(Number("/proc/sys/kernel/threads-max"), Number("/sys/fs/cgroup/pids.max"), Number("/sys/fs/cgroup/pids/pids.max")),
            Ports = Ports(),
            TimeWait = TimeWait(),
            Overcommit = Number("/proc/sys/vm/overcommit_memory"),
            Mappings = Number("/proc/sys/vm/max_map_count"),
            InotifyInstances = Number("/proc/sys/fs/inotify/max_user_instances"),
            GroupVersion = File.Exists(root + "/sys/fs/cgroup/cgroup.controllers") ? 2 : Directory.Exists(root + "/sys/fs/cgroup") ? 1 : null,
            Memory = ProcessReaders.Limits.Memory(Environment.ProcessId),
            TemporaryFolder = temporary,
            TemporaryRoom = Room(root + temporary),
            OwnSockets = own,
            OtherSockets = others,
            LeftSockets = left,
            Runtimes = [.. Runtimes()],
            Settings = Environment.GetEnvironmentVariables().Keys.Cast<string>()
                .Where(name => Settings.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                .ToImmutableSortedDictionary(name => name, name => Environment.GetEnvironmentVariable(name) ?? "", StringComparer.Ordinal),
        };
    }

    private static long? Least(params ReadOnlySpan<long?> numbers)
    {
        long? least = null;
        foreach (long? number in numbers)
        {
            least = number is { } value && value < (least ?? long.MaxValue) ? value : least;
        }

        return least;
    }

    private static ByteSize? Room(string folder) => Directory.Exists(folder) ? new ByteSize(new DriveInfo(folder).AvailableFreeSpace) : null;

    private (int Own, int Others, int Left) Sockets(string folder, int? uid)
    {
        (int own, int others, int left) = (0, 0, 0);
        if (Directory.Exists(folder))
        {
            foreach (string file in Directory.EnumerateFileSystemEntries(folder, SocketPattern))
            {
                if (Native.TryGetOwner(file, out int owner, out bool isSocket) != ReadStatus.Ok || !isSocket)
                {
                    continue;
                }

                // dotnet-diagnostic-PID-START-socket: a program that was killed leaves it.
                if (!Directory.Exists($"{root}/proc/{Path.GetFileName(file).Split('-')[2]}"))
                {
                    left++;
                }
                else if (owner == uid)
                {
                    own++;
                }
                else
                {
                    others++;
                }
            }
        }

        return (own, others, left);
    }

    private string? Text(string path)
    {
        using ProcFile file = ProcFile.Read(root + path);
        return file.Status == ReadStatus.Ok ? Encoding.UTF8.GetString(file.Bytes).Trim() : null;
    }

    /// <summary>A file that holds one number; <c>max</c> is none.</summary>
    private long? Number(string path) => long.TryParse(Text(path), out long number) ? number : null;

    private ulong Capabilities()
    {
        const string Effective = "CapEff:";
        string? line = Text("/proc/self/status")?.Split('\n').FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal));
        return line is not null && Utf8Parser.TryParse(Encoding.ASCII.GetBytes(line[Effective.Length..].Trim()), out ulong bits, out _, 'x') ? bits : 0;
    }

    private (long? Soft, long? Hard) OpenFiles()
    {
        const string Name = "Max open files";
        string[]? words = Text("/proc/self/limits")?.Split('\n').FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, var hard, ..] ? (long.TryParse(soft, out long low) ? low : null, long.TryParse(hard, out long high) ? high : null) : (null, null);
    }

    private (long First, long Last)? Ports() =>
        Text("/proc/sys/net/ipv4/ip_local_port_range")?.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries) is [var first, var last]
        && long.TryParse(first, out long low) && long.TryParse(last, out long high) ? (low, high) : null;

    private int? TimeWait()
    {
        const string Waiting = "06";
        int? waiting = null;
        foreach (string table in (string[])["/proc/self/net/tcp", "/proc/self/net/tcp6"])
        {
            if (Text(table) is { } text)
            {
                waiting = (waiting ?? 0) + text.Split('\n').Skip(1).Count(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, Waiting, ..]);
            }
        }

        return waiting;
    }

    private IEnumerable<InstalledRuntime> Runtimes()
    {
        string[] folders = [Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "", "/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet"];
        foreach (string shared in folders.Where(folder => folder.Length > 0).Distinct().Select(folder => root + folder + "/shared/Microsoft.NETCore.App").Where(Directory.Exists))
        {
            foreach (string folder in Directory.EnumerateDirectories(shared).Order(StringComparer.Ordinal))
            {
                yield return new InstalledRuntime(Path.GetFileName(folder), folder, File.Exists(folder + "/libmscordaccore.so"), File.Exists(folder + "/createdump"));
            }
        }
    }
}
