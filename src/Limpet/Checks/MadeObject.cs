using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.Checks;

/// <summary>An object that a factory made, held weakly: nothing here keeps it, its type or its load context alive.</summary>
internal sealed class MadeObject : IDisposable
{
    private GCHandle reachable;
    private GCHandle there;

    private MadeObject(object value)
    {
        reachable = GCHandle.Alloc(value, GCHandleType.Weak);
        there = GCHandle.Alloc(value, GCHandleType.WeakTrackResurrection);
        Type = TypeSpelling.Of(value.GetType());
    }

    /// <summary>Name of its type in C# spelling.</summary>
    public string Type { get; }

    /// <summary>Address of the handle that names the object for who reads this process from outside.</summary>
    public nint Handle => GCHandle.ToIntPtr(there);

    /// <summary>Takes an object that nobody else may hold. Never inlined: the caller's frame must not keep it.</summary>
    /// <exception cref="NotCollectableException">It is one that is never collected.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static MadeObject Of(object? value)
    {
        CollectableObjects.Require(value);
        return new MadeObject(value!);
    }

    /// <summary>Where it is now.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ObjectState State() => reachable.Target is not null ? ObjectState.Alive
        : there.Target is not null ? ObjectState.WaitsForFinalizer
        : ObjectState.Gone;

    /// <summary>Whether this is the same object as another one that is still there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool IsSameAs(MadeObject other) => there.Target is { } target && ReferenceEquals(target, other.there.Target);

    /// <inheritdoc />
    public void Dispose()
    {
        if (reachable.IsAllocated)
        {
            reachable.Free();
            there.Free();
        }
    }
}
