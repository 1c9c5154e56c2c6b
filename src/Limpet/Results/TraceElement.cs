namespace Limpet.Results;

/// <summary>One object of a retention trace, and the member through which it holds the next one.</summary>
/// <param name="Type">Type name in C# spelling.</param>
/// <param name="Member">Member that holds the next object; null for the last one.</param>
/// <param name="Kind">How it holds: <c>Field</c>, <c>ArrayElement</c>, <c>DependentHandle</c>, <c>LoaderAllocator</c>; null for the last one.</param>
/// <param name="Leaking">Whether this object should still be there.</param>
/// <param name="Reason">Why that is believed; always given.</param>
public sealed record TraceElement(string Type, string? Member, string? Kind, LeakingStatus Leaking, string Reason)
{
    /// <summary>What the member is in the words of the source, such as <c>event handler, delegate target</c>; null where the member says it.</summary>
    public string? Meaning { get; init; }

    /// <summary>What the heap tells of this object beside its type, such as <c>awaiting Task.Delay</c> or <c>(5,000,000 in a row through next)</c>; null where nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether this step lies between the last object that should be there and the first that should not.</summary>
    public bool Suspect { get; init; }

    /// <summary>The whole name as the runtime spells it, where <see cref="Type"/> is shortened; else null.</summary>
    public string? FullType { get; init; }

    /// <summary>Where the method stands that this step is about: that of a delegate, or the async method; null where symbols do not tell it.</summary>
    public SourceLine? Source { get; init; }
}
