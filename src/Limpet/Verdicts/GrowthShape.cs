namespace Limpet.Verdicts;

/// <summary>What the line of a metric looks like.</summary>
public enum GrowthShape
{
    /// <summary>It does not rise beyond the noise.</summary>
    Flat,

    /// <summary>It rose once or in a few places, by a one-off, and stayed.</summary>
    Step,

    /// <summary>It rises and falls back.</summary>
    Oscillating,

    /// <summary>It grew through at least three measured rounds and then stopped.</summary>
    Bounded,

    /// <summary>It grows with the operations.</summary>
    Growing,

    /// <summary>It grows with time, driven or not.</summary>
    GrowingWithTime,

    /// <summary>The numbers do not decide.</summary>
    Undecided,
}
