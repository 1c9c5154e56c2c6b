using Limpet.Results;

namespace Limpet.Capture.Residency;

/// <summary>Bytes by use. What a mapping has in all is given by the kernel; the parts are made to add up to it.</summary>
internal sealed class ResidentSums
{
    private readonly long[] bytes = new long[Enum.GetValues<MemoryUse>().Length];

    public long this[MemoryUse use] => bytes[(int)use];

    /// <summary>Adds a mapping.</summary>
    /// <param name="resident">What is resident of it.</param>
    /// <param name="parts">What is known of its parts.</param>
    /// <param name="otherwise">What the remainder is.</param>
    public void Add(long resident, IEnumerable<(MemoryUse Use, long Bytes)> parts, MemoryUse otherwise)
    {
        foreach ((MemoryUse use, long size) in parts)
        {
            // Together they can be more only where pages were not known one by one, or came meanwhile.
            long taken = Math.Min(size, resident);
            bytes[(int)use] += taken;
            resident -= taken;
        }

        bytes[(int)otherwise] += resident;
    }

    /// <summary>Moves bytes from one use to another, as far as there are any.</summary>
    public void Move(MemoryUse from, MemoryUse to, long size)
    {
        size = Math.Clamp(size, 0, bytes[(int)from]);
        bytes[(int)from] -= size;
        bytes[(int)to] += size;
    }
}
