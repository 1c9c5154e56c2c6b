using System.Runtime.InteropServices;

namespace Limpet.Capture.Native;

/// <summary>The calls into Linux that a capture rests on.</summary>
internal static unsafe partial class LibC
{
    public const int PtraceSeize = 0x4206;
    public const int PtraceInterrupt = 0x4207;
    public const int PtraceDetach = 17;
    public const int PtraceGetRegisters = 12;
    public const int PtraceEventStop = 128;
    public const int WaitAnyThread = 0x40000000;
    public const int NoSuchProcess = 3;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoMemory = 12;
    public const int NotPermitted = 1;
    public const int ProtectReadWrite = 3;
    public const int MapPrivateAnonymousNoReserve = 0x02 | 0x20 | 0x4000;
    public const int AdviseHugePage = 14;
    public const int AdviseDontNeed = 4;
    public const int MoveToFixedAndKeepSource = 1 | 2 | 4;
    public const int SignalTrap = 5;

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    public static partial nint ReadMemory(int pid, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    public static partial nint Ptrace(long request, int pid, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int pid, int* status, int options);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "mremap", SetLastError = true)]
    public static partial void* Move(void* from, nuint length, nuint newLength, int flags, void* to);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    public static partial int Advise(void* address, nuint length, int advice);
}
