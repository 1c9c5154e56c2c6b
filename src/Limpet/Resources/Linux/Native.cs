using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>System calls that the runtime offers no way to, or only an expensive one.</summary>
internal static class Native
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeModeAndOwner = 0x0001 | 0x0002 | 0x0008; // STATX_TYPE | STATX_MODE | STATX_UID
    private const int SocketType = 0xC000; // S_IFSOCK
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int NoPermission = 1; // EPERM
    private const int AccessDenied = 13; // EACCES

    /// <summary>Reads a symbolic link into <paramref name="target"/>.</summary>
    public static ReadStatus TryReadLink(string path, Span<byte> target, out int length)
    {
        Span<byte> name = stackalloc byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        name[Encoding.UTF8.GetBytes(path, name)] = 0;
        return LinkStatus(readlink(ref MemoryMarshal.GetReference(name), ref MemoryMarshal.GetReference(target), target.Length), out length);
    }

    /// <summary>The same for the entry with a number in an open folder.</summary>
    public static ReadStatus TryReadLink(int folder, int number, Span<byte> target, out int length)
    {
        Span<byte> name = stackalloc byte[12];
        Utf8Formatter.TryFormat(number, name, out int digits);
        name[digits] = 0;
        return LinkStatus(readlinkat(folder, ref MemoryMarshal.GetReference(name), ref MemoryMarshal.GetReference(target), target.Length), out length);
    }

    public static string? ReadLink(string path)
    {
        Span<byte> target = stackalloc byte[4096];
        return TryReadLink(path, target, out int length) == ReadStatus.Ok ? Encoding.UTF8.GetString(target[..length]) : null;
    }

    /// <summary>Owner of a file and whether it is a socket, links not followed. <c>statx</c>, because its layout is the same on every architecture.</summary>
    public static ReadStatus TryGetOwner(string path, out int uid, out bool isSocket)
    {
        Span<byte> name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        name[Encoding.UTF8.GetBytes(path, name)] = 0;
        Span<byte> result = stackalloc byte[256];
        uid = 0;
        isSocket = false;
        if (statx(CurrentFolder, ref MemoryMarshal.GetReference(name), NoFollow, TypeModeAndOwner, ref MemoryMarshal.GetReference(result)) != 0)
        {
            return LastStatus();
        }

        uid = BinaryPrimitives.ReadInt32LittleEndian(result[20..]);
        isSocket = (BinaryPrimitives.ReadUInt16LittleEndian(result[28..]) & 0xF000) == SocketType;
        return ReadStatus.Ok;
    }

    /// <summary>Opens a file or folder for reading; a negative number when that fails.</summary>
    public static int Open(string path)
    {
        Span<byte> name = stackalloc byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        name[Encoding.UTF8.GetBytes(path, name)] = 0;
        return open(ref MemoryMarshal.GetReference(name), CloseOnExec, 0);
    }

    /// <summary>Reads from the beginning of a file of <c>/proc</c>, which the kernel writes anew for that; a negative number when its process has ended.</summary>
    public static int ReadFromStart(int descriptor, Span<byte> bytes) => Read(descriptor, bytes, 0);

    /// <summary>Reads what comes at a place of an open file; 0 at its end, a negative number when that fails.</summary>
    public static int Read(int descriptor, Span<byte> bytes, long offset) => (int)pread(descriptor, ref MemoryMarshal.GetReference(bytes), bytes.Length, offset);

    /// <summary>Why the last call failed: the system refused it, or what was asked for is gone.</summary>
    public static ReadStatus LastStatus() => Marshal.GetLastPInvokeError() is NoPermission or AccessDenied ? ReadStatus.Refused : ReadStatus.Gone;

    /// <summary>Adds the numbers among the names of an open folder, from its beginning; false when it cannot be listed.</summary>
    public static bool TryListNumbers(int folder, List<int> numbers)
    {
        numbers.Clear();
        if (lseek(folder, 0, 0) < 0)
        {
            return false;
        }

        Span<byte> entries = stackalloc byte[16 * 1024];
        while (true)
        {
            int length = (int)getdents64(folder, ref MemoryMarshal.GetReference(entries), entries.Length);
            if (length <= 0)
            {
                return length == 0;
            }

            // struct linux_dirent64: inode (8), offset (8), length of the record (2), type (1), name.
            for (int at = 0; at < length; at += BinaryPrimitives.ReadUInt16LittleEndian(entries[(at + 16)..]))
            {
                if (Utf8Parser.TryParse(entries[(at + 19)..], out int number, out _))
                {
                    numbers.Add(number);
                }
            }
        }
    }

    /// <summary>Time since the machine started, with the time that it slept.</summary>
    public static TimeSpan SinceBoot()
    {
        const int BootTime = 7; // CLOCK_BOOTTIME
        Span<long> time = stackalloc long[2];
        return clock_gettime(BootTime, ref MemoryMarshal.GetReference(time)) == 0
            ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1] / 1000.0)
            : TimeSpan.FromMilliseconds(Environment.TickCount64);
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    private static ReadStatus LinkStatus(nint result, out int length)
    {
        length = (int)Math.Max(result, 0);
        return result >= 0 ? ReadStatus.Ok : LastStatus();
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(ref byte path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint pread(int descriptor, ref byte buffer, nint size, long offset);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long lseek(int descriptor, long offset, int whence);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint getdents64(int folder, ref byte buffer, nint size);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, ref long time);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint readlink(ref byte path, ref byte buffer, nint size);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint readlinkat(int folder, ref byte path, ref byte buffer, nint size);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, ref byte path, int flags, uint mask, ref byte result);
}
