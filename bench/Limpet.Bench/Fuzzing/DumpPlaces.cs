using System.Buffers.Binary;
using Limpet.Capture.Dumps;
using Limpet.Capture.Native;
using Limpet.Heap;

namespace Limpet.Bench.Fuzzing;

/// <summary>Where in a core dump the heap lies and what describes its types: a small part of the file, which alterations anywhere would hardly meet.</summary>
internal static class DumpPlaces
{
    private const int MarkBits = 7;
    private const int BytesBeforeTable = 64;
    private const int BytesOfTable = 192;

    /// <summary>Stretches of the file: segments of the heap, and method tables.</summary>
    public static (int Offset, int Length)[] Of(string path, byte[] dump)
    {
        using MappedFile file = MappedFile.Open(path, "");
        ElfCore core = ElfCore.Read(file);
        using DumpHeap heap = DumpHeap.Open(path);
        AddressMap addresses = heap.Graph.Addresses;
        IEnumerable<(int, int)> segments = addresses.Segments.Where(segment => segment.NodeCount > 0).Select(segment => In(core, segment.Start, segment.End));
        IEnumerable<(int, int)> tables = Enumerable.Range(0, heap.Graph.NodeCount)
            .Select(node => In(core, addresses.AddressOf(new NodeIndex(node)), ulong.MaxValue).Offset)
            .Select(at => BinaryPrimitives.ReadUInt64LittleEndian(dump.AsSpan(at)) & ~(ulong)MarkBits)
            .Distinct()
            .Select(table => In(core, table - BytesBeforeTable, table + BytesOfTable));
        return [.. segments.Concat(tables).Where(place => place.Item2 > 0)];
    }

    /// <summary>The stretch of a file that holds memory; what of it the file does not hold is left out.</summary>
    private static (int Offset, int Length) In(ElfCore core, ulong start, ulong end)
    {
        ElfRegion region = core.Regions.FirstOrDefault(region => region.Start <= start && start < region.End);
        return region.Length == 0 ? default : ((int)(region.Offset + (start - region.Start)), (int)Math.Min(Math.Min(end, region.End) - start, int.MaxValue));
    }
}
