using System.Collections.Immutable;
using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Retention;

/// <summary>How a <see cref="RetentionTimeline"/> is observed.</summary>
public sealed record RetentionOptions
{
    /// <summary>When to look while nothing is done, as times since the objects were let go, rising.</summary>
    /// <value>0.1, 0.5, 1, 2, 5 and 10 s unless set. May be empty: then nothing is waited for.</value>
    public ImmutableArray<TimeSpan> Ladder { get; init; } = [.. new[] { 0.1, 0.5, 1, 2, 5, 10 }.Select(TimeSpan.FromSeconds)];

    /// <summary>How many collections the runtime is brought to make by itself after that, by allocating.</summary>
    /// <value>3 unless set; 0 for none.</value>
    public int NaturalCollections { get; init; } = 3;

    /// <summary>How much is allocated for one of these at most.</summary>
    /// <value>1 GiB unless set.</value>
    public ByteSize MostPressure { get; init; } = new(AllocationPressure.DefaultMost);

    /// <summary>How long finalizers may take when everything is collected in the end.</summary>
    /// <value>10 s unless set; more than zero.</value>
    public TimeSpan FinalizerDeadline { get; init; } = SettledCollection.DefaultDeadline;

    /// <summary>The clock.</summary>
    /// <value>That of the system unless set.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(NaturalCollections);
        ArgumentOutOfRangeException.ThrowIfNegative(MostPressure.Bytes, nameof(MostPressure));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FinalizerDeadline, TimeSpan.Zero);
        TimeSpan last = TimeSpan.Zero;
        foreach (TimeSpan step in Ladder)
        {
            if (step <= last)
            {
                throw new ArgumentException($"The times of the wait ladder must rise from above 0, and {step.TotalSeconds:0.###} s comes after {last.TotalSeconds:0.###} s.", nameof(Ladder));
            }

            last = step;
        }
    }
}
