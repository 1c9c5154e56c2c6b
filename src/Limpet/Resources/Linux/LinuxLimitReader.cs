using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Limpet.Results;

namespace Limpet.Resources.Linux;

/// <summary>Limits from <c>/proc</c> and from the control groups, in both versions.</summary>
/// <param name="proc">Where the system shows processes.</param>
/// <param name="groups">Where it shows control groups.</param>
internal sealed class LinuxLimitReader(string proc, string groups) : ILimitReader
{
    /// <summary>Version 1 writes no limit as the largest number of whole pages.</summary>
    private const long Unlimited = long.MaxValue / 2;

    public static LinuxLimitReader Instance { get; } = new("/proc", "/sys/fs/cgroup");

    public long? OpenFiles(int pid)
    {
        using ProcFile file = ProcFile.Read($"{proc}/{pid}/limits");
        return Value(file.Bytes, "Max open files"u8);
    }

    public MemoryRoom Memory(int pid)
    {
        using ProcFile file = ProcFile.Read($"{proc}/{pid}/cgroup");
        return Read(file.Status == ReadStatus.Ok ? Encoding.UTF8.GetString(file.Bytes) : null);
    }

    public MemoryRoom Renew(MemoryRoom earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return Read(earlier.Groups);
    }

    private MemoryRoom Read(string? named)
    {
        using ProcFile host = ProcFile.Read($"{proc}/meminfo");
        using ProcFile counters = ProcFile.Read($"{proc}/vmstat");
        MemoryRoom room = new()
        {
            HostTotal = Kibibytes(Value(host.Bytes, "MemTotal:"u8)),
            HostAvailable = Kibibytes(Value(host.Bytes, "MemAvailable:"u8)),
            HostKills = Value(counters.Bytes, "oom_kill "u8),
            Groups = named,
        };
        return named is null ? room : OfGroups(room, named);
    }

    /// <summary>The nearest limit from the group of the process upwards. A container may show the tree of groups from its own group on, so that the path of the host is not there.</summary>
    private MemoryRoom OfGroups(MemoryRoom room, string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string[] parts = line.Split(':', 3);
            bool second = parts is ["0", "", _];
            if (parts.Length != 3 || !(second || parts[1].Split(',').Contains("memory")))
            {
                continue;
            }

            string root = second ? groups : groups + "/memory";
            string path = Directory.Exists(root + parts[2]) ? parts[2] : "/";
            if (room.GroupKills is null && Kills(root + path, second) is { } kills)
            {
                room = room with { GroupKills = kills, GroupProcesses = [.. Processes(root + path, second)] };
            }

            while (true)
            {
                string group = root + path;
                if (Number(group, second ? "memory.max" : "memory.limit_in_bytes") is { } limit and < Unlimited
                    && (room.GroupLimit is null || limit < room.GroupLimit.Value.Bytes))
                {
                    room = room with
                    {
                        GroupLimit = new ByteSize(limit),
                        GroupUsage = Size(Number(group, second ? "memory.current" : "memory.usage_in_bytes")),
                        GroupReclaimable = Size(Reclaimable(group, second)),
                    };
                }

                if (path.Length <= 1)
                {
                    break;
                }

                path = path[..Math.Max(1, path.LastIndexOf('/'))];
            }
        }

        return room;
    }

    /// <summary>With the groups below.</summary>
    private static long? Reclaimable(string group, bool second)
    {
        using ProcFile file = ProcFile.Read(Path.Combine(group, "memory.stat"));
        return Value(file.Bytes, second ? "inactive_file "u8 : "total_inactive_file "u8);
    }

    private static long? Kills(string group, bool second)
    {
        using ProcFile file = ProcFile.Read(Path.Combine(group, second ? "memory.events" : "memory.oom_control"));
        return Value(file.Bytes, "oom_kill "u8);
    }

    /// <summary>The second version counts for the groups below as well.</summary>
    private static IEnumerable<int> Processes(string group, bool second)
    {
        using ProcFile file = ProcFile.Read(Path.Combine(group, "cgroup.procs"));
        int[] own = [.. Encoding.UTF8.GetString(file.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        return second ? own.Concat(Below(group).SelectMany(below => Processes(below, second))) : own;
    }

    private static string[] Below(string group)
    {
        try
        {
            return Directory.GetDirectories(group);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // it was removed meanwhile
        }
    }

    private static long? Number(string group, string name)
    {
        using ProcFile file = ProcFile.Read(Path.Combine(group, name));
        return Utf8Parser.TryParse(file.Bytes, out long number, out _) ? number : null; // `max` is no number
    }

    private static ByteSize? Size(long? bytes) => bytes is { } value ? new ByteSize(value) : null;

    private static ByteSize? Kibibytes(long? number) => Size(number * 1024);

    /// <summary>The first number behind a name that begins a line.</summary>
    private static long? Value(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name)
    {
        while (!file.IsEmpty)
        {
            int end = file.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? file : file[..end];
            if (line.StartsWith(name))
            {
                return Utf8Parser.TryParse(line[name.Length..].TrimStart((byte)' '), out long value, out _) ? value : null;
            }

            file = end < 0 ? [] : file[(end + 1)..];
        }

        return null;
    }
}
