namespace Limpet.Heap;

/// <summary>Where the garbage collector starts. The order is the order of preference when several roots reach one object: the more it tells a reader, the earlier it stands.</summary>
public enum RootKind
{
    /// <summary>A static field.</summary>
    StaticField,

    /// <summary>A thread static field of a live thread.</summary>
    ThreadStatic,

    /// <summary>A strong GC handle.</summary>
    StrongHandle,

    /// <summary>A pinned GC handle.</summary>
    PinnedHandle,

    /// <summary>A handle that pins for asynchronous input and output.</summary>
    AsyncPinnedHandle,

    /// <summary>A reference-counted handle with a count above zero.</summary>
    RefCountedHandle,

    /// <summary>A sized-reference handle.</summary>
    SizedRefHandle,

    /// <summary>A local or argument of a method that is running.</summary>
    Stack,

    /// <summary>An object that waits for its finalizer to run.</summary>
    FinalizerQueue,

    /// <summary>A pinned array that the runtime keeps statics and literals in, where no field names the slot.</summary>
    RuntimeTable,
}
