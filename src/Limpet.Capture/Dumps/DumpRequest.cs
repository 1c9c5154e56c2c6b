namespace Limpet.Capture.Dumps;

/// <summary>What is wanted of a dump beside its heap.</summary>
public sealed record DumpRequest
{
    /// <summary>What is kept of the texts of strings.</summary>
    public StringReading Strings { get; init; }

    /// <summary>Where references lie that are outside the heap, such as those of weak handles: <see cref="DumpHeap.Objects"/> has what they refer to.</summary>
    public IReadOnlyList<ulong> References { get; init; } = [];

    /// <summary>Whether <see cref="DumpHeap.Stacks"/> are read.</summary>
    public bool WithStacks { get; init; }
}
