using System.Runtime.InteropServices;
using Limpet.Capture.Native;

namespace Limpet.Capture.Live;

/// <summary>
/// The part of a segment that can be looked at: copied in pieces into one warm buffer of 4 MiB, or where it lies when it is mapped. It is a field of who decodes
/// and no object of its own: each look at an object goes through it.
/// </summary>
internal unsafe struct SegmentWindow
{
    /// <summary>What is copied at once.</summary>
    public const int PieceBytes = 512 << 10;

    /// <summary>Where the memory from <see cref="Start"/> on can be read.</summary>
    public byte* Buffer;

    /// <summary>The first address that can be read.</summary>
    public ulong Start;

    /// <summary>The one behind the last.</summary>
    public ulong End;

    /// <summary>Bytes of the target that were read.</summary>
    public long BytesRead;

    private const int BufferBytes = 4 << 20;
    private readonly TargetMemory memory;
    private readonly byte* own;
    private ulong segmentEnd;

    /// <summary>Opens it on nothing.</summary>
    public SegmentWindow(TargetMemory memory)
    {
        this.memory = memory;
        own = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 4096);
        NativeMemory.Clear(own, BufferBytes);
        Buffer = own;
    }

    /// <summary>Goes to another segment.</summary>
    public void Enter(ulong end)
    {
        Start = End = 0;
        segmentEnd = end;
    }

    /// <summary>Copies the rest of the segment, piece over piece.</summary>
    public void CopyFrom(ulong start)
    {
        for (ulong position = start; position < segmentEnd; position += PieceBytes)
        {
            BytesRead += (long)memory.Read(position, own, (nuint)Math.Min(PieceBytes, segmentEnd - position));
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public readonly void Free() => NativeMemory.AlignedFree(own);

    /// <summary>Makes at least <paramref name="needed"/> bytes from <paramref name="position"/> available.</summary>
    public bool Fill(ulong position, ulong needed)
    {
        if (position + needed > segmentEnd)
        {
            return false;
        }

        if (memory.TryMap(position, (nuint)Math.Min(segmentEnd - position, Math.Max(BufferBytes, needed)), out byte* mapped, out nuint available) && available >= needed)
        {
            Buffer = mapped;
            Start = position;
            End = position + available;
            BytesRead += (long)available;
            return true;
        }

        if (needed > BufferBytes)
        {
            return false;
        }

        ulong length = Math.Min(segmentEnd - position, Math.Max(PieceBytes, needed));
        Buffer = own;
        nuint read = memory.Read(position, Buffer, (nuint)length);
        Start = position;
        End = position + read;
        BytesRead += (long)read;
        return read >= needed;
    }
}
