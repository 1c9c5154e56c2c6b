using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Heap.Code;

/// <summary>
/// What the target's code says beside its heap: where a method stands, who hands a delegate on, who calls what on a field. The graph
/// needs none of it; where nothing is known the answers are empty, never an exception.
/// </summary>
public interface ICodeFacts
{
    /// <summary>Where a method begins; null without symbols that match, and where the name means several methods.</summary>
    SourceLine? LineOf(MethodName method);

    /// <summary>The statements that make a delegate of <paramref name="method"/> and hand it to something.</summary>
    ImmutableArray<CodeUse> UsesOfDelegate(MethodName method);

    /// <summary>The statements that call a member on what a field holds, or assign the field.</summary>
    /// <param name="type">The type that declares the field, in any spelling of the runtime; its generic arguments do not count.</param>
    /// <param name="field">Name of the field.</param>
    ImmutableArray<CodeUse> UsesOfField(string type, string field);

    /// <summary>The methods that call <paramref name="method"/>, each once; <see cref="CodeUse.Taker"/> is the method itself.</summary>
    ImmutableArray<CodeUse> CallsOf(MethodName method);
}
