namespace Limpet.Retention;

/// <summary>What went on before a reading of a <see cref="RetentionTimeline"/>. The first three are natural: nothing was collected on purpose.</summary>
public enum RetentionPhase
{
    /// <summary>Right after the objects were made and let go.</summary>
    Immediate,

    /// <summary>Time passed, and the timeline did nothing.</summary>
    Idle,

    /// <summary>Memory was allocated, as a program does that goes on working, until the runtime collected by itself.</summary>
    Pressure,

    /// <summary>Everything was collected on purpose.</summary>
    Forced,
}
