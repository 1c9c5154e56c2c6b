namespace Limpet.Capture.Live;

/// <summary>A GC handle.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="Type">Its type, by the number that the runtime gives it.</param>
/// <param name="Object">The object that it refers to.</param>
/// <param name="Second">The value of a dependent handle.</param>
internal readonly record struct HandleSlot(ulong Address, byte Type, ulong Object, ulong Second)
{
    public const byte WeakShort = 0, WeakLong = 1;
    public const byte Strong = 2, Pinned = 3, Dependent = 6, AsyncPinned = 7, SizedRef = 8;

    /// <summary>Whether its type is one of those that are read: all but those that count references of others.</summary>
    public bool IsRead => IsReadType(Type);

    public static bool IsReadType(byte type) => type is WeakShort or WeakLong or Strong or Pinned or Dependent or AsyncPinned or SizedRef;
}
