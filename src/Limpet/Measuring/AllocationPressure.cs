using System.Runtime.CompilerServices;

namespace Limpet.Measuring;

/// <summary>
/// Allocates until the runtime collects by itself, as a program does that goes on working. What is allocated is stored where everybody could see it:
/// the compiler leaves out allocations that stay in a method.
/// </summary>
internal static class AllocationPressure
{
    /// <summary>More than any budget of generation 0 that was seen; a run of this takes a quarter of a second.</summary>
    public const long DefaultMost = 1L << 30;

    private const int Piece = 512;
    private static byte[]? escaped;

    /// <summary>Allocates until the next collection.</summary>
    /// <param name="most">How many bytes to allocate at most.</param>
    /// <returns>Bytes that this allocated, and whether a collection came.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (long Bytes, bool Collected) UntilCollection(long most = DefaultMost)
    {
        int before = GC.CollectionCount(0);
        long bytes = 0;
        while (bytes < most)
        {
            Volatile.Write(ref escaped, new byte[Piece]);
            bytes += Piece;
            if (GC.CollectionCount(0) != before)
            {
                break;
            }
        }

        Volatile.Write(ref escaped, null);
        return (bytes, GC.CollectionCount(0) != before);
    }
}
