using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>Where an object keeps how much it may hold or for how long, or how much of that it holds.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Offset">Offset of the field from the beginning of the object.</param>
/// <param name="Bytes">4 or 8.</param>
internal readonly record struct LimitPlace(FactKind Kind, int Offset, int Bytes)
{
    /// <summary>The number; null where it is negative, which says that there is no limit, or where the field would lie outside, as in a heap that was altered.</summary>
    public unsafe ulong? Read(byte* at, ulong size)
    {
        if ((ulong)(Offset + Bytes) > size)
        {
            return null;
        }

        long value = Bytes == sizeof(int) ? *(int*)(at + Offset) : *(long*)(at + Offset);
        return value < 0 ? null : (ulong)value;
    }
}
