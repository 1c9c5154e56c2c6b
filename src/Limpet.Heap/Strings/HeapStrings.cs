using System.Collections.Immutable;

namespace Limpet.Heap.Strings;

/// <summary>
/// Length and hash of every string of a heap, in the order of their nodes: the first entry is that of the first node whose type is a string, and
/// so on. 12 bytes a string. Texts are kept only where somebody asked for them, and of the most repeated strings only.
/// </summary>
public sealed unsafe class HeapStrings : IDisposable
{
    private readonly NativeArray<int> lengths;
    private readonly NativeArray<ulong> hashes;

    /// <summary>Takes the arrays over.</summary>
    /// <param name="lengths">Number of UTF-16 units, by string.</param>
    /// <param name="hashes">Hash, by string.</param>
    /// <param name="texts">How some strings begin; null where nobody asked for texts.</param>
    public HeapStrings(NativeArray<int> lengths, NativeArray<ulong> hashes, ImmutableDictionary<StringPrint, string>? texts = null)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(hashes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hashes.Length, lengths.Length);
        this.lengths = lengths;
        this.hashes = hashes;
        Texts = texts;
    }

    /// <summary>Number of strings, reachable or not.</summary>
    public int Count => (int)lengths.Length;

    /// <summary>Bytes that lengths and hashes take.</summary>
    public long MemoryBytes => (lengths.Length * sizeof(int)) + (hashes.Length * sizeof(ulong));

    /// <summary>How some strings begin, secrets taken out; null where nobody asked for texts.</summary>
    public ImmutableDictionary<StringPrint, string>? Texts { get; }

    /// <summary>Number of UTF-16 units of every string, for loops.</summary>
    public int* Lengths => lengths.Pointer;

    /// <summary>Hash of every string, for loops.</summary>
    public ulong* Hashes => hashes.Pointer;

    /// <summary>Length and hash of a string by its place among the strings.</summary>
    public StringPrint this[int index] => new(lengths[index], hashes[index]);

    /// <inheritdoc />
    public void Dispose()
    {
        lengths.Dispose();
        hashes.Dispose();
    }
}
