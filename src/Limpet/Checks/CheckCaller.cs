namespace Limpet.Checks;

/// <summary>Who asked for a check: what only the caller's own stack holds is not leaked.</summary>
/// <param name="ManagedThreadId">The thread on which the caller waits or was when it asked.</param>
internal sealed record CheckCaller(int ManagedThreadId)
{
    /// <summary>The calling thread.</summary>
    public static CheckCaller Here() => new(Environment.CurrentManagedThreadId);
}
