using System.Collections.Immutable;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Things of one kind that are said to be a leak.</summary>
/// <param name="Class">The kind.</param>
/// <param name="Things">The things.</param>
/// <param name="ByTime">Whether they come with time, whatever phase it is: then no phase is named.</param>
internal sealed record LeftClaim(LeftClass Class, ImmutableArray<LeftThing> Things, bool ByTime)
{
    /// <summary>The phases that left them, in their order.</summary>
    public ImmutableArray<int> Phases => [.. Things.Select(thing => thing.Phase).Distinct().Order()];
}
