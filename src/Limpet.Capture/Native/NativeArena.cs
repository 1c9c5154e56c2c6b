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
    private byte* memory;

    public NativeArena(long bytes)
    {
        Bytes = ((nuint)Math.Max(bytes, 1) + HugePage - 1) & ~(HugePage - 1);
        memory = (byte*)LibC.Map(null, Bytes, LibC.ProtectReadWrite, LibC.MapPrivateAnonymousNoReserve, -1, 0);
        if ((nint)memory == -1)
        {
            memory = null;
            throw new LimpetException(
                Trouble.Refused,
                $"Cannot reserve {new ByteSize((long)Bytes)} of address space for the heap graph (errno {Marshal.GetLastPInvokeError()}). Raise the address space limit (ulimit -v) or capture a smaller process.");
        }

        _ = LibC.Advise(memory, Bytes, LibC.AdviseHugePage);
    }

    ~NativeArena() => Free();

    public nuint Bytes { get; }

    public byte* Pointer => memory;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        byte* taken = memory;
        memory = null;
        if (taken is not null)
        {
            _ = LibC.Unmap(taken, Bytes);
        }
    }
}
