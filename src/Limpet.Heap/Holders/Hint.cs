using Limpet.Results;

namespace Limpet.Heap.Holders;

/// <summary>What to change: what the code does, and what it must do as well.</summary>
/// <param name="Fact">Who does what, such as <c>OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed</c>.</param>
/// <param name="Remedy">The imperative that follows, such as <c>dispose the timer</c>.</param>
/// <param name="Source">The line of the fact; null where it is not known or there are several.</param>
internal sealed record Hint(string Fact, string Remedy, SourceLine? Source)
{
    /// <summary>The sentence.</summary>
    /// <param name="path">The way whose last object leaks.</param>
    /// <param name="otherwise">What that is called when its type has no name in the source.</param>
    public string About(TracePath path, string otherwise = "object") =>
        path.IsOfContents ? $"{Fact}; take out what is no longer needed" : $"{Fact}; {Remedy} when the {HintWords.Subject(path, otherwise)} is done";
}
