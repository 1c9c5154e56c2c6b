using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Resources.Linux;

/// <summary>Whole files of <c>/proc</c>, read into rented memory. A process may end at any moment: that is an answer here, not an error.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "The array is returned to its pool by Dispose.")]
internal readonly struct ProcFile : IDisposable
{
    private readonly byte[]? _rented;
    private readonly int _length;

    private ProcFile(ReadStatus status, byte[]? rented, int length)
    {
        Status = status;
        _rented = rented;
        _length = length;
    }

    public ReadStatus Status { get; }

    public ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

    public static ProcFile Read(string path)
    {
        byte[]? buffer = null;
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            buffer = ArrayPool<byte>.Shared.Rent(4096);
            int length = 0;
            while (true)
            {
                // Files of /proc have no length; the end is a read that gives nothing.
                int read = RandomAccess.Read(handle, buffer.AsSpan(length), length);
                if (read == 0)
                {
                    return new ProcFile(ReadStatus.Ok, buffer, length);
                }

                length += read;
                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch (UnauthorizedAccessException)
        {
            Return(buffer);
            return new ProcFile(ReadStatus.Refused, null, 0);
        }
        catch (IOException)
        {
            // ENOENT before the read and ESRCH during it both mean that the process ended.
            Return(buffer);
            return new ProcFile(ReadStatus.Gone, null, 0);
        }
    }

    public void Dispose() => Return(_rented);

    private static void Return(byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
