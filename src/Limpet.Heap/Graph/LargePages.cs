using System.Runtime.InteropServices;

namespace Limpet.Heap;

/// <summary>
/// Memory for large arrays: aligned to 2 MiB and advised for transparent huge pages where the system has them (Linux,
/// <c>madvise(2)</c>). Advice only: where it is not taken the memory is ordinary.
/// </summary>
internal static unsafe partial class LargePages
{
    private const nuint HugePage = 2 << 20;
    private const int MadviseHugePage = 14;

    public static void* Allocate(nuint bytes)
    {
        if (bytes < HugePage)
        {
            return NativeMemory.AlignedAlloc(Math.Max(bytes, 16), 64);
        }

        void* memory = NativeMemory.AlignedAlloc(bytes, HugePage);
        if (OperatingSystem.IsLinux())
        {
            _ = MemoryAdvise(memory, bytes, MadviseHugePage);
        }

        return memory;
    }

    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* address, nuint length, int advice);
}
