using Limpet.Results;

namespace Limpet.Resources;

/// <summary>How one kind of memory changed between two readings.</summary>
/// <param name="Name">Which memory, such as <c>managed heap</c> or <c>generation 2</c>.</param>
/// <param name="Before">Bytes in the first reading.</param>
/// <param name="After">Bytes in the second.</param>
public sealed record MemoryChange(string Name, ByteSize Before, ByteSize After)
{
    /// <summary>How many bytes more; negative when fewer.</summary>
    public ByteSize Growth => new(After.Bytes - Before.Bytes);
}
