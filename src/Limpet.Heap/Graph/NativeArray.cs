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
    private T* pointer;

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

    /// <summary>Frees the memory of an array that was not disposed. Memory that was taken over has an owner of its own, which may be finalized already: it is not given back to it.</summary>
    ~NativeArray() => Free(disposing: false);

    /// <summary>Number of elements.</summary>
    public long Length { get; }

    /// <summary>The first element. Valid until the array is disposed.</summary>
    public T* Pointer => pointer;

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

            return ref pointer[index];
        }
    }

    /// <summary>A part of the array.</summary>
    public Span<T> AsSpan(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length, nameof(length));
        return new(pointer + start, length);
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
        if (taken is null)
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

    private void ThrowOutOfRange(long index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"The array has {Length} elements.");
}
