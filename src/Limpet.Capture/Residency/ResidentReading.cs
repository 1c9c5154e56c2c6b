using System.Collections.Immutable;
using System.Globalization;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Resources;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Residency;

/// <summary>
/// What a stopped process has in memory, mapping by mapping, and what for. What of the managed heap is live says the graph of the same stop.
/// </summary>
internal sealed class ResidentReading
{
    /// <summary>How long the pieces of <c>malloc</c> may take to walk, while the process stands still.</summary>
    private static readonly TimeSpan WalkDeadline = TimeSpan.FromSeconds(1);

    /// <summary>A stack that glibc keeps for the next thread is not larger, unless somebody asked for it.</summary>
    private const ulong LargestKeptStack = 8 * 1024 * 1024;

    private const int NamedFiles = 3;
    private readonly ResidentSums sums = new();
    private readonly List<PageBits> objectPages = [];
    private readonly Dictionary<string, long> files = new(StringComparer.Ordinal);
    private readonly HashSet<string> libraries = new(StringComparer.Ordinal);
    private readonly GlibcArenas malloc;
    private readonly int stacks;
    private readonly ByteSize rss;
    private int arenas, mappedChunks;
    private long mappedBytes, estimated, notWalked;

    private ResidentReading(ThreadStop stop, ClrRuntime runtime, int pid, IReadOnlyList<MemoryArea> areas, ByteSize rss)
    {
        this.rss = rss;
        malloc = new GlibcArenas(new ProcessMemory(pid), WalkDeadline);
        ClaimedRange[] threads = [.. ThreadStacks.Of(stop.Stacks(), areas, RuntimeRanges.LowestRank + 1)];
        stacks = threads.Length;
        ClaimedRange[] claims = [.. RuntimeRanges.Of(runtime).Concat(threads).Where(claim => claim.End > claim.Start).OrderBy(claim => claim.Start)];
        string executable = ExecutableOf(pid);
        using PageMap pages = PageMap.Open(pid);
        foreach (MemoryArea area in areas)
        {
            if (area.Kind == MemoryAreaKind.File)
            {
                TakeFile(area, executable);
            }
            else
            {
                TakeMemory(area, [.. claims.Where(claim => claim.Start < area.End && claim.End > area.Start)], pages);
            }
        }
    }

    /// <summary>Reads a process. Nothing of it may run, and nothing may have been read of its heap in this stop.</summary>
    public static ResidentReading Read(ThreadStop stop, ClrRuntime runtime, int pid)
    {
        ProcessReading reading = ProcessReaders.Reader.Read(pid, ProcessParts.MemoryAreas);
        return reading is { MemoryAreas: { } areas, Rss: { } rss }
            ? new ResidentReading(stop, runtime, pid, areas, rss)
            : throw new LimpetException(Trouble.Refused, $"The mappings of process {pid} cannot be read: {(reading.Refusals is [var refusal, ..] ? refusal.Reason : "it ended")}.");
    }

    /// <summary>The table; it is made once.</summary>
    /// <param name="graph">The heap that was captured in the same stop.</param>
    /// <param name="cancellation">Cancels it.</param>
    public MemoryTable Attribute(HeapGraph graph, CancellationToken cancellation)
    {
        var (live, garbage) = ObjectBytes(graph, Reachability.From(graph, cancellation).Nodes);
        sums.Move(MemoryUse.GcLive, MemoryUse.GcFree, sums[MemoryUse.GcLive] - live - garbage);
        sums.Move(MemoryUse.GcLive, MemoryUse.GcGarbage, garbage);
        List<string> notes = [];
        if (estimated > 0)
        {
            notes.Add($"{new ByteSize(estimated)} lie in mappings whose pages the kernel does not tell one by one (/proc/PID/pagemap): their parts are estimated");
        }

        if (notWalked > 0)
        {
            notes.Add($"{new ByteSize(notWalked)} of memory that malloc manages could not be looked into, and count as in use");
        }

        return MemoryAdvice.Table(rss, Enum.GetValues<MemoryUse>().Select(use => (use, sums[use], DetailOf(use))), notes);
    }

    private void TakeFile(MemoryArea area, string executable)
    {
        bool isLibrary = area.Name == executable || area.Name.Contains(".so", StringComparison.Ordinal) || area.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        sums.Add(area.ResidentBytes, [], isLibrary ? MemoryUse.Libraries : MemoryUse.MappedFiles);
        if (isLibrary)
        {
            libraries.Add(area.Name);
        }
        else
        {
            files[area.Name] = files.GetValueOrDefault(area.Name) + area.ResidentBytes;
        }
    }

    private void TakeMemory(MemoryArea area, ClaimedRange[] claims, PageMap pageMap)
    {
        PageBits pages = pageMap.Read(area);
        List<ClaimedRange> parts = AreaParts.Divide(area.Start, area.End, claims);
        List<(MemoryUse Use, long Bytes)> found = [.. parts.Select(part => (part.Use, pages.Count(part.Start, part.End)))];
        if (parts.Exists(part => part.Use == MemoryUse.GcLive))
        {
            objectPages.Add(pages);
        }

        if (area.Kind != MemoryAreaKind.CodeAndTypes)
        {
            foreach ((ulong start, ulong end) in AreaParts.Between(area.Start, area.End, parts).ToList())
            {
                found.AddRange(Native(area, pages, start, end));
            }
        }

        if (!pages.IsExact && found.Count > 1)
        {
            estimated += area.ResidentBytes;
        }

        sums.Add(area.ResidentBytes, found, area.Kind == MemoryAreaKind.CodeAndTypes ? MemoryUse.LoaderHeaps : MemoryUse.Rest);
    }

    /// <summary>What <c>malloc</c> has in a stretch that nobody else claims.</summary>
    private IEnumerable<(MemoryUse Use, long Bytes)> Native(MemoryArea area, PageBits pages, ulong start, ulong end)
    {
        if (area.Name == "[heap]")
        {
            return Arena(pages, area.Start, end, end);
        }

        if (area.Name.Length > 0)
        {
            return [];
        }

        List<(MemoryUse Use, long Bytes)> found = [];
        for (ulong at = start; at < end;)
        {
            if (at % GlibcArenas.HeapAlignment == 0 && malloc.HeapAt(pages, at, area.End) is { } heap && heap.MappedEnd <= end)
            {
                found.AddRange(Arena(pages, heap.FirstChunk, heap.End, heap.MappedEnd, at));
                at = heap.MappedEnd;
            }
            else if (malloc.MappedChunkAt(pages, at, end) is { } behind)
            {
                long resident = pages.Count(at, behind);
                mappedChunks++;
                mappedBytes += resident;
                found.Add((MemoryUse.NativeInUse, resident));
                at = behind;
            }
            else
            {
                // Where pages are not known one by one, looking at each would bring in those that are not there.
                at += pages.IsExact ? PageBits.PageSize : GlibcArenas.HeapAlignment - (at % GlibcArenas.HeapAlignment);
            }
        }

        bool isKeptStack = found.Count == 0 && area.Kind == MemoryAreaKind.Stack && end - start <= LargestKeptStack;
        return isKeptStack ? [(MemoryUse.Stacks, pages.Count(start, end))] : found;
    }

    private (MemoryUse Use, long Bytes)[] Arena(PageBits pages, ulong firstChunk, ulong end, ulong mappedEnd, ulong? start = null)
    {
        arenas++;
        long resident = pages.Count(start ?? firstChunk, mappedEnd);
        if (malloc.FreeBytes(pages, firstChunk, end) is not { } free)
        {
            notWalked += resident;
            return [(MemoryUse.NativeInUse, resident)];
        }

        free += pages.Count(end, mappedEnd);
        return [(MemoryUse.NativeFree, free), (MemoryUse.NativeInUse, resident - free)];
    }

    private (long Live, long Garbage) ObjectBytes(HeapGraph graph, NodeSet reached)
    {
        const ulong HeaderBefore = 8;
        long live = 0;
        long garbage = 0;
        foreach (HeapSegment segment in graph.Addresses.Segments.Where(segment => segment.NodeCount > 0))
        {
            PageBits[] pages = [.. objectPages.Where(pages => pages.Count(segment.Start, segment.End) > 0)];
            int node = segment.FirstNode;
            foreach (ulong address in graph.Addresses.AddressesOf(segment))
            {
                NodeIndex index = new(node++);
                ulong from = address - HeaderBefore;
                ulong to = from + (ulong)graph.SizeOf(index);
                long resident = 0;
                foreach (PageBits part in pages)
                {
                    resident += part.Count(from, to);
                }

                (live, garbage) = reached.Contains(index) ? (live + resident, garbage) : (live, garbage + resident);
            }
        }

        return (live, garbage);
    }

    private string? DetailOf(MemoryUse use) => use switch
    {
        MemoryUse.Stacks => string.Create(CultureInfo.InvariantCulture, $"{stacks:N0} threads"),
        MemoryUse.NativeInUse => string.Create(CultureInfo.InvariantCulture, $"{new ByteSize(mappedBytes)} in {mappedChunks:N0} large blocks with mappings of their own"),
        MemoryUse.NativeFree => string.Create(CultureInfo.InvariantCulture, $"in {arenas:N0} {(arenas == 1 ? "arena" : "arenas")}"),
        MemoryUse.Libraries => string.Create(CultureInfo.InvariantCulture, $"{libraries.Count:N0} files"),
        MemoryUse.MappedFiles => string.Join(", ", files.OrderByDescending(file => file.Value).Take(NamedFiles).Select(file => $"{file.Key} {new ByteSize(file.Value)}")),
        _ => null,
    };

    private static string ExecutableOf(int pid)
    {
        try
        {
            return File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/exe"), returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
