namespace Limpet.Results;

/// <summary>Strings with the same text, of which one would do.</summary>
/// <param name="Length">Number of UTF-16 units of each.</param>
/// <param name="Hash">Tells the text from others of the same capture, and nothing else: its key is another one in the next capture.</param>
/// <param name="Count">How many reachable ones there are.</param>
/// <param name="Bytes">What they take.</param>
/// <param name="Savable">What one copy instead of all would save.</param>
/// <param name="Container">The member of the source that holds most of them.</param>
/// <param name="ContainerCount">How many of them it holds.</param>
/// <param name="Holder">The way to one of those.</param>
public sealed record DuplicateString(int Length, ulong Hash, long Count, ByteSize Bytes, ByteSize Savable, string Container, long ContainerCount, RetentionTrace Holder)
{
    /// <summary>How the text begins, secrets taken out; null where no texts were kept.</summary>
    public string? Text { get; init; }
}
