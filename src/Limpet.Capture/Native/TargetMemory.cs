using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.Capture.Native;

/// <summary>Reads the memory of another process in bulk (<c>process_vm_readv(2)</c>). Any thread may read.</summary>
internal sealed unsafe class TargetMemory(int pid)
{
    public int Pid => pid;

    /// <summary>Reads up to <paramref name="length"/> bytes; returns how many could be read, 0 when none.</summary>
    public nuint Read(ulong address, void* destination, nuint length)
    {
        nuint done = 0;
        while (done < length)
        {
            var local = new LibC.IoVector { Base = (byte*)destination + done, Length = length - done };
            var remote = new LibC.IoVector { Base = (void*)(address + done), Length = length - done };
            nint read = LibC.ReadMemory(pid, &local, 1, &remote, 1, 0);
            if (read <= 0)
            {
                if (read < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
                {
                    continue;
                }

                break;
            }

            done += (nuint)read;
        }

        return done;
    }

    public bool TryRead<T>(ulong address, out T value)
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* destination = &value)
        {
            return Read(address, destination, (nuint)sizeof(T)) == (nuint)sizeof(T);
        }
    }
}
