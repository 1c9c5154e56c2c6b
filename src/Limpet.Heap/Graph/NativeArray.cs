using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.Heap;

/// <summary>
/// An array outside the managed heap, so that a graph of hundreds of millions of numbers costs the collector nothing.
/// Not cleared on allocation unless asked. Large ones ask the system for huge pages: on the machines measured a first touch of
/// ordinary pages cost more than decoding what is put on them.
/// </summary>
/// <typeparam name="T">An unmanaged type.</typeparam>
public sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private readonly Action? release;
    private readonly Func<nint>? load;
    private readonly Lock? loading;
    private T* pointer;
    private bool isFree;

    /// <summary>Allocates an array.</summary>
    /// <param name="length">Number of elements.</param>
    /// <param name="clear">Whether to fill it with zeros.</param>
    public NativeArray(long length, bool clear = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = (nuint)(length * sizeof(T));
        pointer = (T*)LargePages.Allocate(bytes);
        if (clear)
        {
            NativeMemory.Clear(pointer, bytes);
        }
    }

    /// <summary>Takes over memory that was allocated elsewhere.</summary>
    /// <param name="pointer">First element.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="release">Frees the memory.</param>
    public NativeArray(T* pointer, long length, Action release)
    {
        this.pointer = pointer;
        this.release = release;
        Length = length;
    }

    /// <summary>Puts off where the array lies until somebody looks at it.</summary>
    /// <param name="length">Number of elements.</param>
    /// <param name="load">Makes the array ready and returns the address of its first element: called at the first look, once; when it throws, every look does. Memory of length 0 has an address, too.</param>
    /// <param name="release">Frees the memory, looked at or not.</param>
    public NativeArray(long length, Func<nint> load, Action release)
    {
        this.load = load;
        this.release = release;
        loading = new Lock();
        Length = length;
    }

    /// <summary>Frees the memory of an array that was not disposed. Memory that was taken over has an owner of its own, which may be finalized already: it is not given back to it.</summary>
    ~NativeArray() => Free(disposing: false);

    /// <summary>Number of elements.</summary>
    public long Length { get; }

    /// <summary>The first element. Valid until the array is disposed.</summary>
    public T* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => pointer is null && load is not null ? Load() : pointer;
    }

    /// <summary>The element at <paramref name="index"/>.</summary>
    public ref T this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((ulong)index >= (ulong)Length)
            {
                ThrowOutOfRange(index);
            }

            return ref Pointer[index];
        }
    }

    /// <summary>A part of the array.</summary>
    public Span<T> AsSpan(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length, nameof(length));
        return new(Pointer + start, length);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Free(disposing: true);
        GC.SuppressFinalize(this);
    }

    private void Free(bool disposing)
    {
        T* taken = pointer;
        pointer = null;
        bool isTaken = taken is not null || (load is not null && !isFree);
        isFree = true;
        if (!isTaken)
        {
            return;
        }

        if (release is null)
        {
            LargePages.Free(taken);
        }
        else if (disposing)
        {
            release();
        }
    }

    private T* Load()
    {
        lock (loading!)
        {
            ObjectDisposedException.ThrowIf(isFree, this);
            if (pointer is null)
            {
                // The content must be seen before the address is.
                T* loaded = (T*)load!();
                Thread.MemoryBarrier();
                pointer = loaded;
            }

            return pointer;
        }
    }

    private void ThrowOutOfRange(long index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"The array has {Length} elements.");
}
