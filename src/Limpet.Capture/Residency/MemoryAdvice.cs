using System.Collections.Immutable;
using System.Globalization;
using Limpet.Results;

namespace Limpet.Capture.Residency;

/// <summary>Makes the table of what was added up: what to do about the large parts, and how much of the whole the managed heap is.</summary>
internal static class MemoryAdvice
{
    /// <summary>A part is large from this share on, if it is also</summary>
    private const double LargeShare = 0.1;

    /// <summary>this large.</summary>
    private const long LargeBytes = 16 * 1024 * 1024;

    private static readonly MemoryUse[] Managed = [MemoryUse.GcLive, MemoryUse.GcGarbage, MemoryUse.GcFree, MemoryUse.GcUnused, MemoryUse.GcTables];

    public static MemoryTable Table(ByteSize rss, IEnumerable<(MemoryUse Use, long Bytes, string? Detail)> parts, IEnumerable<string> doubts)
    {
        ImmutableArray<MemoryRow> rows =
        [
            .. parts.Where(part => part.Bytes > 0)
                .OrderBy(part => part.Use)
                .Select(part => new MemoryRow(part.Use, new ByteSize(part.Bytes), part.Detail, part.Bytes >= LargeBytes && part.Bytes >= LargeShare * rss.Bytes ? NextStep(part.Use) : null)),
        ];
        long sum = rows.Sum(row => row.Bytes.Bytes);
        return sum == rss.Bytes
            ? new MemoryTable { Rss = rss, Rows = rows, Answer = Answer(rss, rows), Doubts = [.. doubts] }
            : throw new InvalidOperationException($"Bug in Limpet: the parts of the resident memory add up to {sum} bytes, and it has {rss.Bytes}.");
    }

    /// <summary>What a part is called in a sentence.</summary>
    public static string Name(MemoryUse use) => use switch
    {
        MemoryUse.GcLive => "live objects",
        MemoryUse.GcGarbage => "objects that wait for a collection",
        MemoryUse.GcFree => "room between objects",
        MemoryUse.GcUnused => "memory that the collector keeps for later objects",
        MemoryUse.GcTables => "tables of the collector",
        MemoryUse.Code => "compiled code",
        MemoryUse.LoaderHeaps => "what the runtime keeps of types and methods",
        MemoryUse.Stacks => "stacks of threads",
        MemoryUse.NativeInUse => "native memory in use (malloc)",
        MemoryUse.NativeFree => "native memory that was freed and that malloc keeps",
        MemoryUse.Libraries => "libraries and assemblies",
        MemoryUse.MappedFiles => "mapped files",
        _ => "memory that neither the runtime nor malloc accounts for",
    };

    private static string Answer(ByteSize rss, ImmutableArray<MemoryRow> rows)
    {
        long managed = rows.Where(row => Managed.Contains(row.Use)).Sum(row => row.Bytes.Bytes);
        long live = rows.Where(row => row.Use == MemoryUse.GcLive).Sum(row => row.Bytes.Bytes);
        MemoryRow? largest = rows.Where(row => !Managed.Contains(row.Use)).MaxBy(row => row.Bytes.Bytes);
        string outside = largest is null ? "" : $"; outside of it, most are {Name(largest.Use)}: {largest.Bytes} ({Share(largest.Bytes.Bytes, rss)})";
        string verdict = managed >= rss.Bytes - managed ? "Most of the resident memory is the managed heap's" : "Most of the resident memory is outside of the managed heap";
        return $"{verdict}: the heap has {new ByteSize(managed)} ({Share(managed, rss)}), of which {new ByteSize(live)} are live{outside}.";
    }

    private static string Share(long bytes, ByteSize rss) => ((double)bytes / Math.Max(1, rss.Bytes)).ToString("0 %", CultureInfo.InvariantCulture);

    private static string NextStep(MemoryUse use) => use switch
    {
        MemoryUse.GcLive => "limpet inspect says what fills the heap, and limpet hunt whether it grows",
        MemoryUse.GcGarbage => "nothing holds it: the collector has not seen a reason to collect. A lower budget (DOTNET_GCgen0size) or limit (DOTNET_GCHeapHardLimit) gives it one",
        MemoryUse.GcFree => "fragmentation: look for pinned objects among the roots (limpet inspect), and let the collector compact more (DOTNET_GCConserveMemory=5)",
        MemoryUse.GcUnused => "the collector keeps it for the next allocations: DOTNET_GCConserveMemory=5 or DOTNET_GCHeapHardLimit let it keep less; a server GC (DOTNET_gcServer=0 turns it off) keeps most",
        MemoryUse.GcTables => "it goes with the size of the heap and the number of handles: limpet inspect counts the handles among the roots",
        MemoryUse.Code or MemoryUse.LoaderHeaps => "types and methods made at run time, or load contexts that are not unloaded: limpet inspect --type LoadContext, --type DynamicMethod, --type TypeBuilder",
        MemoryUse.Stacks => "limpet inspect lists the threads; limpet watch says which phase leaves some behind",
        MemoryUse.NativeInUse => "limpet hunt says whether it grows with use; look for what is not disposed (safe handles, bitmaps, buffers of NativeMemory and Marshal), also in native libraries",
        MemoryUse.NativeFree => "no leak: malloc keeps it in its arenas. MALLOC_ARENA_MAX=2 makes them fewer, MALLOC_TRIM_THRESHOLD_=131072 gives back more; malloc_trim(0) does at once",
        MemoryUse.Libraries => "pages of files that the kernel takes back when it needs them; most are shared with other processes",
        MemoryUse.MappedFiles => "pages of files that the kernel takes back when it needs them, but shared memory is not; look for MemoryMappedFile that is not disposed",
        _ => "another allocator (jemalloc, mimalloc), or memory that libraries map themselves: compare the mappings in /proc/PID/smaps",
    };
}
