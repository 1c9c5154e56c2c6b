using Limpet.Capture.Native;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>The memory of a process as the debugging library reads it, whatever format keeps it. Which of it the process could write to is not told.</summary>
internal sealed unsafe class ReaderMemory(IDataReader reader) : TargetMemory
{
    public override bool FilesAreCurrent => false;

    public override nuint Read(ulong address, void* destination, nuint length)
    {
        nuint done = 0;
        while (done < length)
        {
            int read = reader.Read(address + done, new Span<byte>((byte*)destination + done, (int)Math.Min(length - done, int.MaxValue)));
            if (read <= 0)
            {
                break;
            }

            done += (nuint)read;
        }

        return done;
    }

    public override IEnumerable<(ulong Start, ulong End)> WritableRegions() => [];
}
