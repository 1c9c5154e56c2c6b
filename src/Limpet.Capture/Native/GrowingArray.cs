using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Limpet.Heap;

namespace Limpet.Capture.Native;

/// <summary>
/// An array outside the managed heap whose length is known when everything has come. It grows by half; on Linux the system moves the pages of large
/// arrays and not their content.
/// </summary>
/// <typeparam name="T">An unmanaged type.</typeparam>
internal sealed unsafe class GrowingArray<T> : IDisposable
    where T : unmanaged
{
    private const long FirstItems = 1024;
    private T* items;
    private long capacity;

    ~GrowingArray() => Free();

    /// <summary>Number of elements.</summary>
    public long Count { get; private set; }

    /// <summary>The first element. Valid until an element is added.</summary>
    public T* Pointer => items;

    /// <summary>Adds an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item) => *Extend(1) = item;

    /// <summary>Adds elements that the caller fills, and returns the first of them.</summary>
    public T* Extend(int count)
    {
        if (Count + count > capacity)
        {
            Grow(Count + count);
        }

        T* first = items + Count;
        Count += count;
        return first;
    }

    /// <summary>Gives the elements away.</summary>
    public NativeArray<T> Take()
    {
        Grow(Math.Max(Count, 1));
        T* taken = items;
        long length = Count;
        items = null;
        capacity = 0;
        Count = 0;
        return new NativeArray<T>(taken, length, () => NativeMemory.Free(taken));
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Grow(long least)
    {
        capacity = Math.Max(Math.Max(least, FirstItems), capacity + (capacity / 2));
        items = (T*)NativeMemory.Realloc(items, (nuint)(capacity * sizeof(T)));
    }

    private void Free()
    {
        T* taken = items;
        items = null;
        capacity = 0;
        Count = 0;
        NativeMemory.Free(taken);
    }
}
