namespace Limpet.Heap.Strings;

/// <summary>Lengths and hashes of some strings.</summary>
/// <param name="lengths">Lengths; a negative one is left out.</param>
/// <param name="hashes">Hashes.</param>
/// <param name="count">Number of both.</param>
public readonly unsafe struct StringRun(int* lengths, ulong* hashes, int count)
{
    /// <summary>Lengths; a negative one is left out.</summary>
    public int* Lengths { get; } = lengths;

    /// <summary>Hashes.</summary>
    public ulong* Hashes { get; } = hashes;

    /// <summary>Number of both.</summary>
    public int Count { get; } = count;
}
