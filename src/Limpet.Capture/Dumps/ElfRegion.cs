namespace Limpet.Capture.Dumps;

/// <summary>A stretch of memory that a core dump holds.</summary>
/// <param name="Start">Its address in the process.</param>
/// <param name="Length">Its bytes in the dump.</param>
/// <param name="Offset">Where it lies in the file.</param>
/// <param name="IsWritable">Whether the process could write to it.</param>
internal readonly record struct ElfRegion(ulong Start, ulong Length, ulong Offset, bool IsWritable)
{
    public ulong End => Start + Length;
}
