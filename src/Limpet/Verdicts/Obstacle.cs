namespace Limpet.Verdicts;

/// <summary>What keeps growth from being called a leak, from the least to the most.</summary>
internal enum Obstacle
{
    None,

    /// <summary>It may follow the time in use, not the operations: then what opens by time may close by time.</summary>
    InUse,

    /// <summary>It has not gone on for long enough.</summary>
    Short,

    /// <summary>It does not keep pace with the work: something else has a part in it, and may end it. Time tells.</summary>
    Unsteady,

    /// <summary>It looks driven by time, but too little was measured while nothing was driven.</summary>
    NoIdle,

    /// <summary>There is no stretch with twice the work to compare.</summary>
    NoDose,

    /// <summary>Twice the work did not bring twice the growth.</summary>
    DoseOff,

    /// <summary>It was faster before.</summary>
    Fading,

    /// <summary>It is no larger than what was given back before.</summary>
    GivenBack,

    /// <summary>Some window hardly grew.</summary>
    Uneven,

    /// <summary>It falls back on the way.</summary>
    FallsBack,

    /// <summary>It is no larger than the noise, or than what counts as growth at all.</summary>
    Small,
}
