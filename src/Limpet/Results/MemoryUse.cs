namespace Limpet.Results;

/// <summary>What resident memory of a .NET process is used for.</summary>
public enum MemoryUse
{
    /// <summary>Objects of the managed heap that roots reach.</summary>
    GcLive,

    /// <summary>Objects that no root reaches: the next collection of their generation takes them.</summary>
    GcGarbage,

    /// <summary>Room between objects of the managed heap: fragmentation, and what threads took to allocate from.</summary>
    GcFree,

    /// <summary>Memory that the collector has committed and that no object has been put into yet, or any more.</summary>
    GcUnused,

    /// <summary>Tables of the collector: card tables, mark bits, handles.</summary>
    GcTables,

    /// <summary>Compiled methods.</summary>
    Code,

    /// <summary>What the runtime keeps of types and methods, and its stubs.</summary>
    LoaderHeaps,

    /// <summary>Stacks of threads.</summary>
    Stacks,

    /// <summary>What <c>malloc</c> gave out and did not get back.</summary>
    NativeInUse,

    /// <summary>What was given back to <c>malloc</c>, which keeps it in its arenas.</summary>
    NativeFree,

    /// <summary>Code and data of libraries and assemblies.</summary>
    Libraries,

    /// <summary>Other mapped files, and shared memory.</summary>
    MappedFiles,

    /// <summary>Memory without a file that neither the runtime nor <c>malloc</c> accounts for.</summary>
    Rest,
}
