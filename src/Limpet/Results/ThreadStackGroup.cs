using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>Threads whose stacks have the same frames.</summary>
/// <param name="Count">How many threads have this stack.</param>
/// <param name="Threads">Their managed thread ids.</param>
/// <param name="WaitsFor">What they wait for and who has it, where it can be seen.</param>
/// <param name="Frames">Method names, innermost first.</param>
public sealed record ThreadStackGroup(int Count, ImmutableArray<int> Threads, string? WaitsFor, ImmutableArray<string> Frames);
