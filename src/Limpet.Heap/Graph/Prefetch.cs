using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Limpet.Heap;

/// <summary>
/// Asks the processor for memory that will be looked at soon. A search of a heap in no order waits for memory at every step; what the next steps need is known some steps
/// before, and is asked for then. Where the processor has no such instruction nothing happens.
/// </summary>
internal static unsafe class Prefetch
{
    /// <summary>How many references ahead of a search it is worth to look.</summary>
    public const int Distance = 8;

    /// <summary>Asks for what lies at an address, which need not be valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}
