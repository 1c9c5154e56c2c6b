namespace Limpet.TestTargets;

/// <summary>One leak of a hard target. Exactly one of the rates is what the self-check measures: the first that is given.</summary>
/// <param name="Kind">Every kind that is right.</param>
/// <param name="Subject">Full name of the topmost type that grows, or, for a resource, a word that the subject contains.</param>
/// <param name="Holder">Words that must all occur in the root, the path or the hint of the trace; none where no object of the heap holds it.</param>
internal sealed record FindingTruth(string[] Kind, string Subject, params string[] Holder)
{
    public double? PerOperation { get; init; }

    public double? PerSecond { get; init; }

    public double? BytesPerOperation { get; init; }

    /// <summary>Objects that stay because something refers to them.</summary>
    public static FindingTruth Objects(string subject, double perOperation, params string[] holder) =>
        new(["ManagedLeak"], subject, holder) { PerOperation = perOperation };

    /// <summary>Objects that stay because they are entries of a collection: a growth of the collection is the same fact in other words.</summary>
    public static FindingTruth Entries(string subject, double perOperation, params string[] holder) =>
        new(["ManagedLeak", "UnboundedGrowth"], subject, holder) { PerOperation = perOperation };

    /// <summary>Anything else that is counted: threads, descriptors, timers, tasks.</summary>
    public static FindingTruth Resource(string kind, string subject, double perOperation, params string[] holder) =>
        new([kind], subject, holder) { PerOperation = perOperation };

    /// <summary>Memory outside the managed heap.</summary>
    public static FindingTruth Native(double bytesPerOperation, params string[] holder) =>
        new(["NativeLeak"], "native memory", holder) { BytesPerOperation = bytesPerOperation };
}
