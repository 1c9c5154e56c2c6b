using System.Diagnostics;
using System.Text.Json;
using Limpet.Bench.Processes;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Bench.Capturing;

/// <summary>
/// The peer: ClrMD stops the process and walks its objects and references. It can give a reference as an address, which costs it least, or as an object with
/// its type, as its samples take them and as a graph of typed nodes needs them.
/// </summary>
internal static class ClrMdMeasurement
{
    public static int Run(int pid, bool asObjects)
    {
        long objects = 0;
        long references = 0;
        var byType = new Dictionary<ClrType, long>();
        TimeSpan walk;
        Dictionary<string, long> counts;
        using (DataTarget target = DataTarget.AttachToProcess(pid, suspend: true))
        using (ClrRuntime runtime = target.ClrVersions[0].CreateRuntime())
        {
            // Attaching is not counted: ours is warm before it stops the target as well.
            ClrHeap heap = runtime.Heap;
            long start = Stopwatch.GetTimestamp();
            foreach (ClrObject obj in heap.EnumerateObjects())
            {
                if (obj.IsFree || obj.Type is not { } type)
                {
                    continue;
                }

                objects++;
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(byType, type, out _)++;
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
            Walk = walk,
            Objects = objects,
            References = references,
            PeakBytes = OwnPeak.Bytes(),
            Counts = counts,
        }));
        return 0;
    }
}
