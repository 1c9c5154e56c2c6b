namespace Limpet.Resources;

/// <summary>What a mapping is for, as far as the kernel and its place tell.</summary>
public enum MemoryAreaKind
{
    /// <summary>Memory without a file: what was allocated natively (<c>malloc</c>), and the managed heap, which a capture knows.</summary>
    Anonymous,

    /// <summary>The stack of a thread.</summary>
    Stack,

    /// <summary>What the runtime keeps of types and code: loader heaps, compiled methods, dynamic assemblies.</summary>
    CodeAndTypes,

    /// <summary>A mapped file; its private bytes were written to.</summary>
    File,
}
