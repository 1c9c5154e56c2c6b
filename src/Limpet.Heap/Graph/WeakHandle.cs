namespace Limpet.Heap;

/// <summary>A GC handle that looks at an object and does not hold it, such as that of a <see cref="WeakReference"/>.</summary>
/// <param name="Target">The object.</param>
/// <param name="IsLong">Whether it still sees the object while that is being finalized.</param>
public readonly record struct WeakHandle(NodeIndex Target, bool IsLong);
