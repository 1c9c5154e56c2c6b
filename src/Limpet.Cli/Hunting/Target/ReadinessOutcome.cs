using Limpet.Resources;

namespace Limpet.Cli.Hunting.Target;

/// <summary>How the wait for a target ended.</summary>
internal abstract record ReadinessOutcome
{
    private ReadinessOutcome()
    {
    }

    /// <summary>The target is ready.</summary>
    internal sealed record Ready(DotNetProcess Program, TimeSpan After) : ReadinessOutcome;

    /// <summary>The deadline passed while the target ran: a hang.</summary>
    /// <param name="Program">The program, when it was found.</param>
    /// <param name="Missing">What did not come, as a sentence.</param>
    internal sealed record DeadlinePassed(DotNetProcess? Program, string Missing) : ReadinessOutcome;

    /// <summary>The target ended before it was ready: nothing was exercised.</summary>
    internal sealed record TargetEnded(TargetExit Exit) : ReadinessOutcome;
}
