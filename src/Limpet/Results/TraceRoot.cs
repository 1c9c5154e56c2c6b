namespace Limpet.Results;

/// <summary>The root of a retention trace.</summary>
/// <param name="Kind">Kind of root, such as <c>StaticField</c>, <c>ThreadStatic</c>, <c>Stack</c>, <c>PinnedHandle</c>, <c>FinalizerQueue</c>.</param>
/// <param name="Name">Its name in the words of the source: a field, a method, a kind of handle.</param>
public sealed record TraceRoot(string Kind, string Name)
{
    /// <summary>For a stack where its method stands; null where symbols do not tell it.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>For a thread static field the threads that have something in it, such as <c>thread 7 of the pool</c> or <c>12 threads, 11 of the pool</c>; null where a capture does not tell.</summary>
    public string? Threads { get; init; }
}
