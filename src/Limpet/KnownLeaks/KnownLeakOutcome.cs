namespace Limpet.KnownLeaks;

/// <summary>What became of a test that declares a leak.</summary>
/// <param name="Status">What it was.</param>
/// <param name="Message">Why, and what to do; for one that failed with the report of the check.</param>
public sealed record KnownLeakOutcome(KnownLeakStatus Status, string Message)
{
    /// <summary>Whether the test passes.</summary>
    public bool Passes => Status == KnownLeakStatus.AsDeclared;

    /// <summary>What the test threw; null when it threw nothing.</summary>
    public Exception? Thrown { get; init; }

    /// <summary>What the test must throw now: null when it passes, what it threw itself when that is an error.</summary>
    public Exception? ToThrow() => Status switch
    {
        KnownLeakStatus.AsDeclared => null,
        KnownLeakStatus.Error => Thrown,
        _ => new KnownLeakException(Message, Thrown),
    };
}
