namespace Limpet.Checks;

/// <summary>Who asked for a check: what only the caller's own stack holds is not leaked.</summary>
/// <param name="ManagedThreadId">The thread that waits for the check; 0 when none does.</param>
internal sealed record CheckCaller(int ManagedThreadId)
{
    /// <summary>A caller that awaits the check: its frames are objects that the heap shows.</summary>
    public static CheckCaller Awaiting { get; } = new(0);

    /// <summary>The calling thread, which waits.</summary>
    public static CheckCaller Here() => new(Environment.CurrentManagedThreadId);
}
