namespace Limpet.Heap.Strings;

/// <summary>What tells one string from another without its text.</summary>
/// <param name="Length">Number of UTF-16 units.</param>
/// <param name="Hash">64 bits made of length and text with a key that is chosen anew for each run of limpet and kept nowhere: equal texts of one capture have equal hashes, and a hash says nothing outside of it.</param>
public readonly record struct StringPrint(int Length, ulong Hash)
{
    /// <summary>Header, method table, length and terminator of a string of a 64-bit runtime.</summary>
    private const long Head = 22;

    /// <summary>What one string of a length takes on the heap.</summary>
    public long Bytes => (Head + (2L * Length) + 7) & ~7L;
}
