using System.Runtime.InteropServices;

namespace Limpet.Tracking;

/// <summary>
/// Objects held weakly, so that the list keeps none of them alive. A weak handle an object: 8 bytes of the runtime's table and 8 to 16 of the list. Handles of objects that were
/// collected are given back before the list grows, so that its size follows the live objects and not all that ever came. One thread at a time.
/// </summary>
internal sealed class WeakList : IDisposable
{
    private const int SmallestCapacity = 64;
    private GCHandle[] handles = [];
    private int count;
    private int marked;

    /// <summary>Objects that were added.</summary>
    public long Added { get; private set; }

    /// <summary>Objects that were found collected.</summary>
    public long Removed { get; private set; }

    /// <summary>Handles of the objects that are still there, as far as the last <see cref="RemoveCollected"/> saw.</summary>
    public ReadOnlySpan<GCHandle> Handles => handles.AsSpan(0, count);

    /// <summary>Handles of those objects among them that were added since the last <see cref="Mark"/>.</summary>
    public ReadOnlySpan<GCHandle> HandlesSinceMark => handles.AsSpan(marked, count - marked);

    /// <summary>Remembers which objects are there now.</summary>
    public void Mark() => marked = count;

    /// <summary>Adds an object.</summary>
    public void Add(object value)
    {
        if (count == handles.Length)
        {
            MakeRoom();
        }

        handles[count++] = GCHandle.Alloc(value, GCHandleType.Weak);
        Added++;
    }

    /// <summary>Drops the handles of objects that were collected. O(objects).</summary>
    public void RemoveCollected()
    {
        int kept = 0;
        int before = marked;
        for (int index = 0; index < count; index++)
        {
            marked = index == before ? kept : marked;
            if (handles[index].Target is null)
            {
                handles[index].Free();
                Removed++;
            }
            else
            {
                handles[kept++] = handles[index];
            }
        }

        marked = before >= count ? kept : marked;
        count = kept;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (GCHandle handle in Handles)
        {
            handle.Free();
        }

        (handles, count, marked) = ([], 0, 0);
    }

    /// <summary>At most half full afterwards: so the walks cost a constant an object.</summary>
    private void MakeRoom()
    {
        RemoveCollected();
        if (count > handles.Length / 2 || handles.Length == 0)
        {
            Array.Resize(ref handles, Math.Max(SmallestCapacity, handles.Length * 2));
        }
    }
}
