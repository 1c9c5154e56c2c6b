namespace Limpet.Resources;

/// <summary>What a process can hold and forget to give back.</summary>
public enum ResourceKind
{
    /// <summary>Open files, sockets, pipes, watches, event counters.</summary>
    Descriptor,

    /// <summary>Threads of the operating system.</summary>
    Thread,

    /// <summary>Timers that are due some time.</summary>
    Timer,

    /// <summary>Work items that wait for a thread of the pool.</summary>
    QueuedWorkItem,

    /// <summary>Assembly load contexts.</summary>
    LoadContext,

    /// <summary>Assemblies that were made in memory.</summary>
    DynamicAssembly,

    /// <summary>Processes that this one started.</summary>
    ChildProcess,

    /// <summary>Files that are mapped into memory.</summary>
    MappedFile,

    /// <summary>Handles through which native code and the runtime hold objects.</summary>
    GCHandle,

    /// <summary>Objects that are pinned.</summary>
    PinnedObject,

    /// <summary>Objects that wait for their finalizer.</summary>
    PendingFinalizer,

    /// <summary>Objects of the managed heap.</summary>
    Instance,

    /// <summary>Async methods that have not ended.</summary>
    PendingOperation,
}
