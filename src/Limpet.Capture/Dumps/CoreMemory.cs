using Limpet.Capture.Native;

namespace Limpet.Capture.Dumps;

/// <summary>The memory of a process as a core dump kept it: read where the file is mapped.</summary>
internal sealed unsafe class CoreMemory : TargetMemory
{
    private readonly MappedFile file;
    private readonly ElfRegion[] regions;
    private readonly ulong[] starts;

    /// <summary>Reads a file, which stays the caller's and open.</summary>
    public CoreMemory(MappedFile file, ElfCore core)
    {
        this.file = file;
        regions = [.. core.Regions];
        starts = [.. regions.Select(region => region.Start)];
    }

    public override bool FilesAreCurrent => false;

    public override nuint Read(ulong address, void* destination, nuint length)
    {
        nuint done = 0;
        while (done < length && TryFind(address + done, out byte* at, out ulong available))
        {
            nuint part = (nuint)Math.Min(available, length - done);
            Buffer.MemoryCopy(at, (byte*)destination + done, length - done, part);
            done += part;
        }

        return done;
    }

    public override bool TryMap(ulong address, nuint wanted, out byte* at, out nuint length)
    {
        bool found = TryFind(address, out at, out ulong available);
        length = found ? (nuint)Math.Min(available, wanted) : 0;
        if (found)
        {
            MappedFile.BringIn(at, (long)length);
        }

        return found;
    }

    public override IEnumerable<(ulong Start, ulong End)> WritableRegions() =>
        regions.Where(region => region.IsWritable).Select(region => (region.Start, region.End));

    private bool TryFind(ulong address, out byte* at, out ulong available)
    {
        int index = Array.BinarySearch(starts, address);
        index = index >= 0 ? index : ~index - 1;
        if (index < 0 || address >= regions[index].End)
        {
            at = null;
            available = 0;
            return false;
        }

        ulong within = address - regions[index].Start;
        at = file.Pointer + regions[index].Offset + within;
        available = regions[index].Length - within;
        return true;
    }
}
