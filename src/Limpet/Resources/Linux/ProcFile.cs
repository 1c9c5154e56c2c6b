using System.Buffers;
using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Reads a file. A process that ended gives no exception either: where processes come and go that would be the dearest part.</summary>
    public static ProcFile Read(string path)
    {
        int file = Native.Open(path);
        if (file < 0)
        {
            return new ProcFile(Native.LastStatus(), null, 0);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        int length = 0;
        while (true)
        {
            // Files of /proc have no length; the end is a read that gives nothing.
            int read = Native.Read(file, buffer.AsSpan(length), length);
            if (read <= 0)
            {
                // ENOENT before the read and ESRCH during it both mean that the process ended.
                ReadStatus status = read == 0 ? ReadStatus.Ok : Native.LastStatus();
                Native.Close(file);
                if (status == ReadStatus.Ok)
                {
                    return new ProcFile(status, buffer, length);
                }

                Return(buffer);
                return new ProcFile(status, null, 0);
            }

            length += read;
            if (length == buffer.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger, 0);
                Return(buffer);
                buffer = larger;
            }
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
