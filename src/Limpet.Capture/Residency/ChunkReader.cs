using System.Buffers.Binary;
using Limpet.Capture.Native;

namespace Limpet.Capture.Residency;

/// <summary>Reads small things that lie one behind the other, through a window over pages that are in memory: what is read must not bring in others.</summary>
internal sealed unsafe class ChunkReader(TargetMemory memory)
{
    private const int LargestWindow = 64 * 1024;
    private readonly byte[] window = new byte[LargestWindow];
    private ulong start;
    private ulong end;

    /// <summary>Two words of 8 bytes.</summary>
    public bool TryRead(PageBits pages, ulong address, out ulong first, out ulong second)
    {
        (first, second) = (0, 0);
        if ((address < start || address + 16 > end) && !TryMove(pages, address))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = window.AsSpan((int)(address - start), 16);
        first = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        second = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        return true;
    }

    private bool TryMove(PageBits pages, ulong address)
    {
        ulong page = address / PageBits.PageSize * PageBits.PageSize;
        int length = 0;
        while (length < LargestWindow && pages.IsResident(page + (ulong)length))
        {
            length += PageBits.PageSize;
        }

        (start, end) = (page, page);
        if (length == 0)
        {
            return false;
        }

        fixed (byte* bytes = window)
        {
            end = page + memory.Read(page, bytes, (nuint)length);
        }

        return address + 16 <= end;
    }
}
