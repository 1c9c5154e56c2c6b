using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Limpet.Results;

namespace Limpet.Resources.Linux;

/// <summary>Reads a process from <c>/proc</c>.</summary>
internal sealed class LinuxProcessReader : IProcessReader
{
    private const string Remedy = "the system lets only its own user (or a user with CAP_SYS_PTRACE) read it: run limpet as that user";

    private LinuxProcessReader()
    {
    }

    public static LinuxProcessReader Instance { get; } = new();

    public ProcessReading Read(int pid, ProcessParts parts = ProcessParts.All)
    {
        ReadStatus status = ProcStat.TryRead(pid, withName: false, out ProcStat stat);
        if (status != ReadStatus.Ok)
        {
            return status == ReadStatus.Gone
                ? new ProcessReading { Pid = pid, Ended = true }
                : new ProcessReading { Pid = pid, Refusals = [new ReadingRefusal("process", Remedy)] };
        }

        if (stat.State is 'Z' or 'X')
        {
            return new ProcessReading { Pid = pid, Ended = true, StartTime = stat.StartTime, State = stat.State };
        }

        ProcessReading reading = new()
        {
            Pid = pid,
            StartTime = stat.StartTime,
            State = stat.State,
            Rss = new ByteSize(stat.RssPages * Environment.SystemPageSize),
            ThreadCount = stat.Threads,
        };
        reading = parts.HasFlag(ProcessParts.MemoryAreas) ? WithMemoryAreas(reading)
            : parts.HasFlag(ProcessParts.Memory) ? WithMemory(reading)
            : reading;
        reading = parts.HasFlag(ProcessParts.Descriptors) ? WithDescriptors(reading, parts.HasFlag(ProcessParts.DescriptorTargets)) : reading;
        reading = parts.HasFlag(ProcessParts.Threads) ? WithThreads(reading) : reading;

        // The id may have been given to another process between two of the reads above: then half of this is somebody else's.
        bool same = ProcStat.TryRead(pid, withName: false, out ProcStat after) == ReadStatus.Ok && after.StartTime == stat.StartTime;
        return same ? reading : new ProcessReading { Pid = pid, Ended = true, StartTime = stat.StartTime };
    }

    public IReadOnlyDictionary<long, SocketInfo> ReadSockets(int pid) => SocketTable.Read(pid);

    private static ProcessReading WithMemoryAreas(ProcessReading reading)
    {
        ReadStatus status = MemoryMap.TryRead(reading.Pid, out MemoryMap? map);
        return map is null
            ? Refused(reading, "private memory", status)
            : reading with { Rss = map.Rss, PrivateBytes = map.Private, Anonymous = map.Anonymous, Swap = map.Swap, MemoryAreas = map.Areas };
    }

    private static ProcessReading WithMemory(ProcessReading reading)
    {
        using ProcFile file = ProcFile.Read($"/proc/{reading.Pid}/smaps_rollup");
        if (file.Status != ReadStatus.Ok)
        {
            return Refused(reading, "private memory", file.Status);
        }

        ByteSize? clean = Line(file.Bytes, "Private_Clean:"u8);
        ByteSize? dirty = Line(file.Bytes, "Private_Dirty:"u8);
        return reading with
        {
            Rss = Line(file.Bytes, "Rss:"u8) ?? reading.Rss,
            PrivateBytes = clean is null || dirty is null ? null : new ByteSize(clean.Value.Bytes + dirty.Value.Bytes),
            Anonymous = Line(file.Bytes, "Anonymous:"u8),
            Pss = Line(file.Bytes, "Pss:"u8),
            Swap = Line(file.Bytes, "Swap:"u8),
        };
    }

    private static ByteSize? Line(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name)
    {
        while (!file.IsEmpty)
        {
            int end = file.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? file : file[..end];
            if (line.StartsWith(name))
            {
                return Utf8Parser.TryParse(line[name.Length..].TrimStart((byte)' '), out long kib, out _) ? new ByteSize(kib * 1024) : null;
            }

            file = end < 0 ? [] : file[(end + 1)..];
        }

        return null;
    }

    private static ProcessReading WithDescriptors(ProcessReading reading, bool withTargets)
    {
        List<int> numbers = [];
        ReadStatus listed = ProcFolder.TryList($"/proc/{reading.Pid}/fd", numbers);
        if (listed != ReadStatus.Ok)
        {
            return Refused(reading, "descriptors", listed);
        }

        Span<int> counts = stackalloc int[(int)DescriptorKind.Other + 1];
        counts.Clear();
        ImmutableArray<Descriptor>.Builder? all = withTargets ? ImmutableArray.CreateBuilder<Descriptor>(numbers.Count) : null;
        Span<byte> target = stackalloc byte[4096];
        int open = 0;
        foreach (int number in numbers)
        {
            ReadStatus read = Native.TryReadLink($"/proc/{reading.Pid}/fd/{number}", target, out int length);
            if (read == ReadStatus.Refused)
            {
                return Refused(reading, "descriptors", read);
            }

            if (read == ReadStatus.Gone)
            {
                continue; // closed since the folder was listed
            }

            DescriptorKind kind = DescriptorKinds.Of(target[..length]);
            counts[(int)kind]++;
            open++;
            all?.Add(new Descriptor(number, kind, Encoding.UTF8.GetString(target[..length])));
        }

        ImmutableSortedDictionary<DescriptorKind, int>.Builder byKind = ImmutableSortedDictionary.CreateBuilder<DescriptorKind, int>();
        for (int kind = 0; kind < counts.Length; kind++)
        {
            if (counts[kind] > 0)
            {
                byKind.Add((DescriptorKind)kind, counts[kind]);
            }
        }

        all?.Sort((left, right) => left.Number.CompareTo(right.Number));
        return reading with { DescriptorCount = open, DescriptorsByKind = byKind.ToImmutable(), Descriptors = all?.ToImmutable() };
    }

    private static ProcessReading WithThreads(ProcessReading reading)
    {
        List<int> threads = [];
        ReadStatus listed = ProcFolder.TryList($"/proc/{reading.Pid}/task", threads);
        if (listed != ReadStatus.Ok)
        {
            return Refused(reading, "threads", listed);
        }

        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byName = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> name = stackalloc char[64];
        int alive = 0;
        foreach (int thread in threads)
        {
            using ProcFile file = ProcFile.Read($"/proc/{reading.Pid}/task/{thread}/comm");
            if (file.Status != ReadStatus.Ok)
            {
                continue; // ended since the folder was listed
            }

            int length = Encoding.UTF8.GetChars(file.Bytes.TrimEnd((byte)'\n'), name);
            byName.TryGetValue(name[..length], out int count);
            byName[name[..length]] = count + 1;
            alive++;
        }

        return reading with { ThreadCount = alive, ThreadsByName = counts.ToImmutableSortedDictionary(StringComparer.Ordinal) };
    }

    /// <summary>A part that cannot be read stays null. A process that ended meanwhile is noticed by the caller.</summary>
    private static ProcessReading Refused(ProcessReading reading, string what, ReadStatus status) =>
        reading with
        {
            Refusals = reading.Refusals.Add(new ReadingRefusal(
                what, status == ReadStatus.Refused ? Remedy : "the kernel does not offer it, or the process ended while it was read")),
        };
}
