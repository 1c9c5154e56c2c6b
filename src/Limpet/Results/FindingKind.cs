namespace Limpet.Results;

/// <summary>The kinds of findings, each of which implies a <see cref="Verdict"/> (see <see cref="FindingKinds.Implies"/>).</summary>
public enum FindingKind
{
    /// <summary>Objects stay reachable after the collection protocol; a retention trace says why.</summary>
    ManagedLeak,

    /// <summary>A container or a type grows with the operations.</summary>
    UnboundedGrowth,

    /// <summary>Descriptors, sockets or handles grow with the operations.</summary>
    ResourceLeak,

    /// <summary>Operating-system threads grow with the operations.</summary>
    ThreadLeak,

    /// <summary>Active timers grow with the operations.</summary>
    TimerLeak,

    /// <summary>Pending async operations grow with the operations.</summary>
    TaskLeak,

    /// <summary>Private memory outside the managed heap grows with the operations.</summary>
    NativeLeak,

    /// <summary>Unrooted objects that waited for a collection.</summary>
    DelayedCollection,

    /// <summary>A resource that was held until a finalizer ran.</summary>
    DelayedResource,

    /// <summary>Retained, but it stopped growing, or is known to: a plateau, a cap, a time-to-live or a due time.</summary>
    BoundedRetention,

    /// <summary>A deadline passed; the finding carries the stacks.</summary>
    Hang,
}
