using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Limpet.Bench.Processes;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Bench.Capturing;

/// <summary>
/// The peer: ClrMD stops the process, or opens a core dump of it, and walks its objects and references. It can give a reference as an address, which costs it
/// least, or as an object with its type, as its samples take them and as a graph of typed nodes needs them.
/// </summary>
internal static class ClrMdMeasurement
{
    /// <summary>Walks the heap of a process that stands still meanwhile.</summary>
    public static int OfProcess(int pid, bool asObjects) => Run(() => DataTarget.AttachToProcess(pid, suspend: true), info => info.CreateRuntime(), asObjects);

    /// <summary>Walks the heap of a core dump that was written on this machine: the debugging library lies beside the runtime that wrote it.</summary>
    public static int OfCore(string file) => Run(
        () => DataTarget.LoadDump(file, new DataTargetOptions { FileLocator = new NoServer(), SymbolPaths = [] }),
        info => info.CreateRuntime(Path.Combine(Path.GetDirectoryName(info.ModuleInfo.FileName)!, "libmscordaccore.so"), ignoreMismatch: true),
        asObjects: false);

    private static int Run(Func<DataTarget> open, Func<ClrInfo, ClrRuntime> describe, bool asObjects)
    {
        long objects = 0;
        long references = 0;
        var byType = new Dictionary<ClrType, long>();
        TimeSpan attach;
        TimeSpan walk;
        Dictionary<string, long> counts;
        long begun = Stopwatch.GetTimestamp();
        using (DataTarget target = open())
        using (ClrRuntime runtime = describe(target.ClrVersions[0]))
        {
            // Attaching is counted for itself: ours is warm before it stops the target as well.
            ClrHeap heap = runtime.Heap;
            attach = Stopwatch.GetElapsedTime(begun);
            long start = Stopwatch.GetTimestamp();
            foreach (ClrObject obj in heap.EnumerateObjects())
            {
                if (obj.IsFree || obj.Type is not { } type)
                {
                    continue;
                }

                objects++;
                CollectionsMarshal.GetValueRefOrAddDefault(byType, type, out _)++;
                if (asObjects)
                {
                    foreach (ClrObject reference in obj.EnumerateReferences())
                    {
                        references += reference.Type is null ? 0 : 1;
                    }

                    continue;
                }

                foreach (ulong reference in obj.EnumerateReferenceAddresses())
                {
                    references += reference == 0 ? 0 : 1;
                }
            }

            walk = Stopwatch.GetElapsedTime(start);

            // Names are asked for only now, and must be: nothing answers once the runtime is disposed.
            counts = TargetTypes.Counts(byType.Select(entry => (entry.Key.Name ?? "", entry.Value)));
        }

        Console.WriteLine(JsonSerializer.Serialize(new WalkFigures
        {
            Attach = attach,
            Walk = walk,
            Objects = objects,
            References = references,
            PeakBytes = PeakMemory.Bytes(),
            Counts = counts,
        }));
        return 0;
    }

    /// <summary>Asks no symbol server for the files that a dump names: no time of a network is measured.</summary>
    private sealed class NoServer : IFileLocator
    {
        public string? FindPEImage(string fileName, int buildTimeStamp, int imageSize, bool checkProperties) => null;

        public string? FindPEImage(string fileName, SymbolProperties archivedUnder, ImmutableArray<byte> buildIdOrUUID, OSPlatform originalPlatform, bool checkProperties) => null;
    }
}
