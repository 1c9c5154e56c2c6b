namespace Limpet.Retention;

/// <summary>How objects went, or that they did not.</summary>
public enum RetentionOutcome
{
    /// <summary>None was alive at the first reading: there is nothing to tell, and no time in which they were cleared.</summary>
    NothingToClear,

    /// <summary>They went while the timeline did nothing: another part of the process allocated or collected, or something was due.</summary>
    ClearedWhileIdle,

    /// <summary>They went in a collection that the runtime made by itself because memory was allocated.</summary>
    ClearedByAllocation,

    /// <summary>They stayed through every natural reading and went when everything was collected: unreachable, and no leak.</summary>
    ClearedByForce,

    /// <summary>Some are alive after everything was collected: something holds them.</summary>
    StillAlive,
}
