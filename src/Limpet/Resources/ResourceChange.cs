namespace Limpet.Resources;

/// <summary>What came and what went between two readings, of one kind and name.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">
/// What it is called: a path or pattern of paths, a state and an end of connections, a method that a timer calls. Chosen by the program: escape before showing.
/// </param>
/// <param name="Appeared">How many there are that were not there before.</param>
/// <param name="Gone">How many there were that are no longer there.</param>
/// <param name="ByRuntime">Whether the runtime starts and ends these by itself, as threads of its pool: no leak of the program's.</param>
public sealed record ResourceChange(ResourceKind Kind, string Name, long Appeared, long Gone, bool ByRuntime = false)
{
    /// <summary>How many more there are; negative when there are fewer.</summary>
    public long Growth => Appeared - Gone;
}
