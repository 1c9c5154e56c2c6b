using System.Runtime.CompilerServices;

namespace Limpet.Capture.Native;

/// <summary>The memory of a target, wherever it is: of a process, or as a dump kept it. Any thread may read.</summary>
internal abstract unsafe class TargetMemory
{
    /// <summary>Whether the files that the target names are those that it was loaded from: those of a dump may have been replaced since.</summary>
    public virtual bool FilesAreCurrent => true;

    /// <summary>Reads up to <paramref name="length"/> bytes; returns how many could be read, 0 when none.</summary>
    public abstract nuint Read(ulong address, void* destination, nuint length);

    /// <summary>Memory that the target can write to and that is no file's.</summary>
    public abstract IEnumerable<(ulong Start, ulong End)> WritableRegions();

    /// <summary>The memory around an address that the target can write to, also where it is the allocator's own; empty where there is none.</summary>
    public virtual (ulong Start, ulong End) RegionOf(ulong address) => WritableRegions().FirstOrDefault(region => region.Start <= address && address < region.End);

    /// <summary>Shows memory where it lies, without a copy; false where that is not possible. It stays readable as long as this object is not disposed.</summary>
    /// <param name="address">Its address in the target.</param>
    /// <param name="wanted">How much is of use.</param>
    /// <param name="at">Where it lies.</param>
    /// <param name="length">How much lies there, <paramref name="wanted"/> at most.</param>
    public virtual bool TryMap(ulong address, nuint wanted, out byte* at, out nuint length)
    {
        at = null;
        length = 0;
        return false;
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
