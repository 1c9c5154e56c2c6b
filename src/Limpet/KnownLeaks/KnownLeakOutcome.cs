using System.Runtime.ExceptionServices;

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

    /// <summary>
    /// What the test must throw now: null when it passes, what it threw itself when that is an error. What a check threw is in the message and not around it: MSTest tells the innermost
    /// exception first, and the answer has to be the first line. The stack trace is that of the check.
    /// </summary>
    public Exception? ToThrow() => Status switch
    {
        KnownLeakStatus.AsDeclared => null,
        KnownLeakStatus.Error => Thrown,
        _ => WithTrace(new KnownLeakException(Message)),
    };

    private KnownLeakException WithTrace(KnownLeakException exception)
    {
        if (Thrown?.StackTrace is { } trace)
        {
            ExceptionDispatchInfo.SetRemoteStackTrace(exception, trace);
        }

        return exception;
    }
}
