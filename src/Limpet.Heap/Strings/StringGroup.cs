namespace Limpet.Heap.Strings;

/// <summary>Strings with the same text.</summary>
/// <param name="Print">Their length and hash.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Run">Index of the run that one of them is in.</param>
/// <param name="Index">Its place in that run.</param>
public readonly record struct StringGroup(StringPrint Print, long Count, int Run, int Index)
{
    /// <summary>What one copy of the text instead of all would save.</summary>
    public long SavableBytes => (Count - 1) * Print.Bytes;
}
