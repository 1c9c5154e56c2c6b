using System.Runtime.InteropServices;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Capture.Files;

/// <summary>
/// Writes files that only their owner can read (mode 0600), whole or not at all: into a temporary file in the same folder, which
/// takes the name once everything is on the disk.
/// </summary>
public static unsafe partial class PrivateFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint WantMode = 0x0001 | 0x0002; // STATX_TYPE | STATX_MODE
    private const int ModeAt = 28; // stx_mode in struct statx, the same on every architecture
    private const int RegularFile = 0x8000; // S_IFREG
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT

    /// <summary>Writes a file.</summary>
    /// <typeparam name="T">What <paramref name="write"/> returns.</typeparam>
    /// <param name="path">The file. One that is there is replaced at the end; it stays when anything goes wrong.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="LimpetException">The folder does not exist, the system refuses, or the disk is full.</exception>
    public static T Write<T>(string path, Func<FileStream, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Check(path);
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            try
            {
                FileStreamOptions options = new()
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.None,
                    BufferSize = 0,
                };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using FileStream file = new(temporary, options);
                T result = write(file);
                file.Flush(flushToDisk: true);
                File.Move(temporary, target, overwrite: true);
                return result;
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new LimpetException(Trouble.Refused, $"Cannot write {Escaping.Show(path)}: the system refuses it. Choose a folder that you may write to.", exception);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) is NoSpace or QuotaExceeded)
        {
            throw new LimpetException(Trouble.Refused, $"Cannot write {Escaping.Show(path)}: the disk is full. Make room or choose another folder; nothing was left behind.", exception);
        }
        catch (IOException exception)
        {
            throw new LimpetException(Trouble.Refused, $"Cannot write {Escaping.Show(path)}: {exception.Message} Choose another folder; nothing was left behind.", exception);
        }
    }

    /// <summary>Checks that a file of this name could be written, without writing anything.</summary>
    /// <returns>Its whole path.</returns>
    /// <exception cref="LimpetException">It could not, as far as can be told.</exception>
    public static string Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new LimpetException("The name of the file to write is empty. Give one, such as: -o heap.limpet");
        }

        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? target;
        if (Directory.Exists(target))
        {
            throw new LimpetException($"Cannot write {Escaping.Show(path)}: it is a folder. Name a file in it, such as {Escaping.Show(Path.Combine(path, "heap.limpet"))}.");
        }

        if (!Directory.Exists(folder))
        {
            throw new LimpetException($"Cannot write {Escaping.Show(path)}: there is no folder {Escaping.Show(folder)}. Create it first.");
        }

        // Replacing /dev/null by a file would break the machine.
        return IsRegularOrAbsent(target)
            ? target
            : throw new LimpetException($"Cannot write {Escaping.Show(path)}: it is a device, a pipe or a socket. Name an ordinary file.");
    }

    private static bool IsRegularOrAbsent(string path)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return true;
        }

        byte* result = stackalloc byte[256];
        return StatX(CurrentFolder, path, 0, WantMode, result) != 0 || (*(ushort*)(result + ModeAt) & 0xF000) == RegularFile;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* result);
}
