using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>What looks at objects that no root reaches, and with which collection they go.</summary>
/// <param name="ShortHandles">Weak handles, such as those of a <see cref="WeakReference"/>.</param>
/// <param name="LongHandles">Weak handles that still see an object while it is being finalized.</param>
/// <param name="Objects">How many of the objects have any of these.</param>
public sealed record WeakHold(long ShortHandles, long LongHandles, long Objects)
{
    /// <summary>The generation of the last collection that any of them needs; null where the source does not tell, or for what is never collected.</summary>
    public int? GoesWithGeneration { get; init; }

    /// <summary>Whether they have a finalizer, which runs first unless it was suppressed.</summary>
    public bool Finalizable { get; init; }

    /// <summary>Dependent handles of which they are key or value.</summary>
    public ImmutableArray<DependentPair> Dependent { get; init; } = [];
}
