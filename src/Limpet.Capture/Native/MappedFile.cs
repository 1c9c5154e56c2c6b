using System.Runtime.InteropServices;
using Limpet.Results;
using Limpet.Text;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Capture.Native;

/// <summary>
/// A file that lies in the address space as it is: nothing is copied, and what is never looked at is never read from the disk. Another
/// process that cuts the file meanwhile takes its end away: whoever reads then is ended by the system.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private const int ProtectRead = 1;
    private const int MapShared = 1;
    private byte* memory;

    private MappedFile(NamedFile name, byte* memory, long length)
    {
        Name = name;
        this.memory = memory;
        Length = length;
    }

    ~MappedFile() => Free();

    public NamedFile Name { get; }

    public long Length { get; }

    public byte* Pointer => memory;

    /// <summary>Maps a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="again">What to do when its content turns out to be wrong: how to make a new one.</param>
    /// <exception cref="LimpetException">It is no file that can be read.</exception>
    public static MappedFile Open(string path, string again)
    {
        string shown = Escaping.Show(path);
        try
        {
            // Before it is opened: opening a pipe would wait for somebody to write into it.
            FileInfo info = new(path);
            if (!info.Exists || info.Length == 0)
            {
                throw new LimpetException($"Cannot read {shown}: {(info.Exists ? "it is empty" : Directory.Exists(path) ? "it is a folder" : "there is no such file")}. Name a heap file, a .gcdump file or a dump.");
            }

            using SafeFileHandle file = File.OpenHandle(path);
            return Of(file, path, again);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new LimpetException(Trouble.Refused, $"Cannot read {shown}: the system refuses it. Read it as the user who owns it.", exception);
        }
        catch (IOException exception)
        {
            throw new LimpetException($"Cannot read {shown}: {exception.Message}", exception);
        }
    }

    /// <summary>Maps a file that is open; it may be closed afterwards.</summary>
    /// <exception cref="LimpetException">There is no room in the address space.</exception>
    public static MappedFile Of(SafeFileHandle file, string path, string again)
    {
        long length = RandomAccess.GetLength(file);
        void* mapped = LibC.Map(null, (nuint)length, ProtectRead, MapShared, (int)file.DangerousGetHandle(), 0);
        return (nint)mapped == -1
            ? throw new LimpetException(Trouble.Refused, $"Cannot map {Escaping.Show(path)} of {new ByteSize(length)} (errno {Marshal.GetLastPInvokeError()}). Raise the address space limit (ulimit -v).")
            : new MappedFile(new NamedFile(path, again), (byte*)mapped, length);
    }

    /// <summary>Has the system bring a part of the file in at once: one call for many page faults. Advice only, an old kernel does not know it.</summary>
    public static void BringIn(byte* at, long length)
    {
        const int AdvisePopulateRead = 22;
        const long PageBytes = 4096;
        long before = (long)((nuint)at & (nuint)(PageBytes - 1));
        if (before + length > PageBytes)
        {
            _ = LibC.Advise(at - before, (nuint)(before + length), AdvisePopulateRead);
        }
    }

    /// <summary>A part of the file; empty where it does not lie inside.</summary>
    public ReadOnlySpan<byte> Slice(ulong offset, ulong length) =>
        offset <= (ulong)Length && length <= (ulong)Length - offset && length <= int.MaxValue ? new ReadOnlySpan<byte>(memory + offset, (int)length) : [];

    /// <summary>The file cannot be used, and why.</summary>
    public LimpetException Unreadable(string what, string? nextStep = null, Exception? inner = null, Trouble trouble = Trouble.BadInput) => Name.Unreadable(what, nextStep, inner, trouble);

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
            _ = LibC.Unmap(taken, (nuint)Length);
        }
    }
}
