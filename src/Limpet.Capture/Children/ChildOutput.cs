using System.Runtime.InteropServices;
using Limpet.Capture.Native;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Capture.Children;

/// <summary>The end of a pipe at which a child's output arrives.</summary>
public sealed unsafe class ChildOutput : IDisposable
{
    private const short Readable = 1;
    private readonly SafeFileHandle handle;

    internal ChildOutput(int descriptor) => handle = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>Whether something waits to be read at this moment.</summary>
    public bool HasMore
    {
        get
        {
            var entry = new Spawn.PollEntry { Descriptor = (int)handle.DangerousGetHandle(), Events = Readable };
            return Spawn.Poll(&entry, 1, 0) > 0 && (entry.Returned & Readable) != 0;
        }
    }

    /// <summary>Waits until something can be read, or nobody holds the other end any more. What came is left in the pipe.</summary>
    public void Wait()
    {
        var entry = new Spawn.PollEntry { Descriptor = (int)handle.DangerousGetHandle(), Events = Readable };
        while (Spawn.Poll(&entry, 1, -1) < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
        {
        }
    }

    /// <summary>Reads what is there, and waits when there is nothing.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <returns>The number of bytes; 0 when nobody holds the other end any more.</returns>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            nint read;
            while ((read = Spawn.Read((int)handle.DangerousGetHandle(), bytes, (nuint)buffer.Length)) < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
            {
            }

            return (int)Math.Max(0, read);
        }
    }

    /// <summary>Closes this end: who writes to the other is told so, as if the reader of a pipeline had ended.</summary>
    public void Dispose() => handle.Dispose();
}
