using System.Runtime.InteropServices;
using Limpet.Results;

namespace Limpet.Capture.Native;

/// <summary>
/// Address space for an array whose length is known only as a bound: pages cost nothing until they are touched, and those that
/// were touched once stay warm for the next capture.
/// </summary>
internal sealed unsafe class NativeArena : IDisposable
{
    private const nuint HugePage = 2 << 20;
    private readonly nuint reserved;
    private byte* mapping;

    public NativeArena(long bytes)
    {
        Bytes = RoundUp((nuint)Math.Max(bytes, 1));

        // A huge page more than is needed: whole ones can be handed from arena to arena only where both begin with one.
        reserved = Bytes + HugePage;
        mapping = (byte*)LibC.Map(null, reserved, LibC.ProtectReadWrite, LibC.MapPrivateAnonymousNoReserve, -1, 0);
        if ((nint)mapping == -1)
        {
            mapping = null;
            throw new LimpetException(
                Trouble.Refused,
                $"Cannot reserve {new ByteSize((long)reserved)} of address space for the heap graph (errno {Marshal.GetLastPInvokeError()}). Raise the address space limit (ulimit -v) or capture a smaller process.");
        }

        Pointer = (byte*)RoundUp((nuint)mapping);
        _ = LibC.Advise(Pointer, Bytes, LibC.AdviseHugePage);
    }

    ~NativeArena() => Free();

    public nuint Bytes { get; }

    public byte* Pointer { get; private set; }

    /// <summary>
    /// Moves the first <paramref name="count"/> bytes of another arena behind the first <paramref name="length"/> of this one; what the other holds is then undefined.
    /// Its pages go over where the system can do that, and nothing is touched that was not touched before: memory that is new costs many times what moving costs.
    /// </summary>
    public void Append(long length, NativeArena other, long count)
    {
        nuint end = RoundUp((nuint)length);
        nuint whole = RoundUp((nuint)count);
        if (whole > HugePage && end + whole <= Bytes && TryMovePages(other.Pointer, Pointer + end, whole))
        {
            Buffer.MemoryCopy(Pointer + end, Pointer + length, count, count);
        }
        else
        {
            Copy(other.Pointer, Pointer + length, count);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static nuint RoundUp(nuint bytes) => (bytes + HugePage - 1) & ~(HugePage - 1);

    /// <summary>False where the system cannot: it is older than Linux 5.7, or a sandbox refuses.</summary>
    private static bool TryMovePages(byte* from, byte* to, nuint bytes)
    {
        if ((nint)LibC.Move(from, bytes, bytes, LibC.MoveToFixedAndKeepSource, to) != -1)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error is not (LibC.NoMemory or LibC.TryAgain) ? false
            // The place may have been given up before the rest failed: nothing can be written there any more.
            : throw new LimpetException(Trouble.Refused, $"Cannot move {new ByteSize((long)bytes)} within the heap graph (errno {error}). Raise the address space limit (ulimit -v) or capture a smaller process.");
    }

    /// <summary>Copies piece by piece, and frees each piece when it was read.</summary>
    private static void Copy(byte* from, byte* to, long bytes)
    {
        for (long done = 0; done < bytes; done += (long)HugePage)
        {
            long length = Math.Min((long)HugePage, bytes - done);
            Buffer.MemoryCopy(from + done, to + done, length, length);
            if (length == (long)HugePage)
            {
                _ = LibC.Advise(from + done, HugePage, LibC.AdviseDontNeed);
            }
        }
    }

    private void Free()
    {
        byte* taken = mapping;
        mapping = Pointer = null;
        if (taken is not null)
        {
            _ = LibC.Unmap(taken, reserved);
        }
    }
}
