using System.ComponentModel;
using System.Runtime.InteropServices;
using Limpet.Capture.Native;

namespace Limpet.Capture.Children;

/// <summary>This process's own standard streams, byte for byte and without a buffer: for what a child wrote.</summary>
public static unsafe class OwnOutput
{
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;
    private const short Writable = 4;

    /// <summary>Whether standard output and standard error are the same file, terminal or pipe.</summary>
    public static bool AreOne => Link(1) is { } output && output == Link(2);

    /// <summary>Writes all bytes, and waits where the reader is slow.</summary>
    /// <param name="error">Whether to standard error.</param>
    /// <param name="bytes">What to write.</param>
    /// <param name="trouble">Why it could not be written; null also when only the reader has gone, which is no error.</param>
    /// <returns>Whether everything was written.</returns>
    public static bool TryWrite(bool error, ReadOnlySpan<byte> bytes, out string? trouble)
    {
        int descriptor = error ? 2 : 1;
        trouble = null;
        fixed (byte* start = bytes)
        {
            int written = 0;
            while (written < bytes.Length)
            {
                nint count = Spawn.Write(descriptor, start + written, (nuint)(bytes.Length - written));
                if (count >= 0)
                {
                    written += (int)count;
                    continue;
                }

                int number = Marshal.GetLastPInvokeError();
                if (number == TryAgain)
                {
                    var entry = new Spawn.PollEntry { Descriptor = descriptor, Events = Writable };
                    _ = Spawn.Poll(&entry, 1, -1);
                }
                else if (number != LibC.Interrupted)
                {
                    trouble = number == BrokenPipe ? null : new Win32Exception(number).Message;
                    return false;
                }
            }
        }

        return true;
    }

    private static string? Link(int descriptor)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed by whoever started this process
        }
    }
}
