namespace Limpet.Resources;

/// <summary>Which parts of a <see cref="ProcessReading"/> to read; each has its cost, so a sampler asks for what it needs.</summary>
[Flags]
public enum ProcessParts
{
    /// <summary>Start time, state and resident memory only (about 10 µs).</summary>
    None = 0,

    /// <summary>Private, anonymous and swapped bytes (about 0.7 ms for a small .NET process).</summary>
    Memory = 1,

    /// <summary>Descriptors by kind (about 0.15 ms for a small .NET process).</summary>
    Descriptors = 2,

    /// <summary>The target of every descriptor, one string each; implies <see cref="Descriptors"/>.</summary>
    DescriptorTargets = 4 | Descriptors,

    /// <summary>Threads of the operating system by name (about 0.1 ms for a small .NET process).</summary>
    Threads = 8,

    /// <summary>Every mapping with memory (about 2 ms more than <see cref="Memory"/> for a small .NET process); implies <see cref="Memory"/>.</summary>
    MemoryAreas = 16 | Memory,

    /// <summary>Everything.</summary>
    All = MemoryAreas | DescriptorTargets | Threads,
}
