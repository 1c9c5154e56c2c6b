using System.Runtime.InteropServices;

namespace Limpet.Resources.Linux;

/// <summary>Asks the allocator of the C library to give free memory back to the system. Only glibc has a call for that.</summary>
internal static class NativeAllocator
{
    private static readonly MallocTrim? Call = Find();

    private delegate int MallocTrim(nuint keep);

    /// <summary>Why it cannot be asked; null when it can.</summary>
    public static string? Refusal =>
        Call is not null ? null
        : OperatingSystem.IsLinux() ? "the C library has no malloc_trim (it is not glibc): what its allocator keeps cannot be told from what is in use"
        : "only glibc has malloc_trim: what the allocator keeps cannot be told from what is in use";

    /// <summary>Gives back whole free pages, of all arenas; nothing where there is no such call.</summary>
    public static void Trim() => Call?.Invoke(0);

    private static MallocTrim? Find() =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, "malloc_trim", out nint trim)
            ? Marshal.GetDelegateForFunctionPointer<MallocTrim>(trim)
            : null;
}
