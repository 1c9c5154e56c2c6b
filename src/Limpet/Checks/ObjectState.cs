namespace Limpet.Checks;

/// <summary>Where an object is in its life.</summary>
internal enum ObjectState
{
    /// <summary>It was reachable at the last collection, or there was none since it was made.</summary>
    Alive,

    /// <summary>Nothing but its finalizer reached it at the last collection, or its finalizer made it reachable again.</summary>
    WaitsForFinalizer,

    /// <summary>It was collected.</summary>
    Gone,
}
