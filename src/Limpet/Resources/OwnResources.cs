using System.Collections.Immutable;
using System.Runtime.Loader;
using Limpet.Measuring;
using Limpet.Resources.Linux;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>Reads what this process holds, part by part.</summary>
internal static class OwnResources
{
    private static readonly string[] Generations = ["generation 0", "generation 1", "generation 2", "large objects", "pinned objects"];

    public static ResourceSnapshot Read()
    {
        (RunningMeasurement? In, long At) moment = (RunningMeasurement.Current, RunningMeasurement.Now);
        ResourceCounts counts = ResourceCounts.Take();
        GCMemoryInfo collector = GC.GetGCMemoryInfo(GCKind.Any);
        ResourceSnapshot snapshot = new()
        {
            Timestamp = DateTimeOffset.UtcNow,
            Counts = counts,
            Moment = moment,
            Memory = MemoryOf(counts, collector),
            Timers = ActiveTimers.ByName(),
            LoadContexts = Named(AssemblyLoadContext.All.Select(NameOf)),
            DynamicAssemblies = Named(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.IsDynamic).Select(assembly => assembly.GetName().Name ?? "")),
            LoadedFiles = [.. AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => assembly.Location)],
            PinnedObjects = collector.PinnedObjectsCount,
            Refusals = HeapResources.NotCaptured,
        };
        snapshot = snapshot.Timers is null
            ? Refuse(snapshot, "names of timers", "the queues of this runtime look otherwise than those of .NET 8 to 10: timers are only counted")
            : snapshot;
        return ProcessReaders.Supported
            ? WithProcess(snapshot)
            : Refuse(snapshot, "descriptors, threads, child processes, mapped files", $"there are no readers for {Environment.OSVersion.Platform}: only Linux is supported");
    }

    private static ResourceSnapshot WithProcess(ResourceSnapshot snapshot)
    {
        int pid = Environment.ProcessId;
        ProcessReading reading = OwnProcess.Alone(() => ProcessReaders.Reader.Read(pid, ProcessParts.Memory | ProcessParts.DescriptorTargets | ProcessParts.Threads));
        IReadOnlyDictionary<long, SocketInfo> sockets = reading.Descriptors is { } open ? OwnSockets.Read(open) : snapshot.Sockets;
        ImmutableArray<string>? mapped = MappedFiles.Read(pid);
        snapshot = snapshot with
        {
            Descriptors = reading.Descriptors,
            Sockets = sockets,
            SocketsByState = reading.Descriptors is { } all
                ? Named(all.Where(one => one.Kind == DescriptorKind.Socket).Select(one => DescriptorGroups.SocketOf(one, sockets)).Select(StateOf))
                : null,
            Threads = reading.ThreadsByName is { } threads ? RuntimeThreads.Tell(threads, snapshot.Counts.PoolThreads) : null,
            Children = ProcessReaders.Tree.Children(pid),
            MappedFiles = mapped,
            Memory = WithProcessMemory(snapshot.Memory, reading),
            Refusals = snapshot.Refusals.AddRange(reading.Refusals),
        };
        return mapped is null ? Refuse(snapshot, "mapped files", "the kernel does not offer /proc/PID/maps") : snapshot;
    }

    private static ImmutableSortedDictionary<string, ByteSize> MemoryOf(ResourceCounts counts, GCMemoryInfo collector)
    {
        ImmutableSortedDictionary<string, ByteSize>.Builder memory = ImmutableSortedDictionary.CreateBuilder<string, ByteSize>(StringComparer.Ordinal);
        memory["managed heap"] = new ByteSize(counts.ManagedBytes);
        memory["committed for the managed heap"] = new ByteSize(collector.TotalCommittedBytes);
        for (int generation = 0; generation < Math.Min(Generations.Length, collector.GenerationInfo.Length); generation++)
        {
            memory[Generations[generation]] = new ByteSize(collector.GenerationInfo[generation].SizeAfterBytes);
        }

        return memory.ToImmutable();
    }

    /// <summary>Native memory is what is resident without a file and not the collector's; the collector's part may not be resident in whole, so this is the least that it can be.</summary>
    private static ImmutableSortedDictionary<string, ByteSize> WithProcessMemory(ImmutableSortedDictionary<string, ByteSize> memory, ProcessReading reading)
    {
        memory = reading.Rss is ByteSize resident ? memory.SetItem("resident", resident) : memory;
        memory = reading.PrivateBytes is ByteSize own ? memory.SetItem("private", own) : memory;
        return reading.Anonymous is ByteSize anonymous
            ? memory.SetItem("native, at least", new ByteSize(anonymous.Bytes - memory["committed for the managed heap"].Bytes))
            : memory;
    }

    internal static string NameOf(AssemblyLoadContext context) =>
        $"{(context.IsCollectible ? "collectible " : "")}{(string.IsNullOrEmpty(context.Name) ? context.GetType().FullName : context.Name)}";

    private static string StateOf(SocketInfo? socket) =>
        socket is null ? "unknown" : socket.State.Length == 0 ? socket.Protocol : $"{socket.Protocol} {socket.State}";

    private static ImmutableArray<NamedCount> Named(IEnumerable<string> names) =>
    [
        .. names.GroupBy(name => name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new NamedCount(group.Key, group.Count())),
    ];

    private static ResourceSnapshot Refuse(ResourceSnapshot snapshot, string what, string reason) =>
        snapshot with { Refusals = snapshot.Refusals.Add(new ReadingRefusal(what, reason)) };
}
