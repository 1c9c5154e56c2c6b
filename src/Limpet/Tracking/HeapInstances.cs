using System.Collections.Immutable;
using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Tracking;

/// <summary>The objects of a type in a captured heap.</summary>
/// <param name="Live">Objects that a root reaches.</param>
/// <param name="Bytes">Their own sizes, added up.</param>
/// <param name="Garbage">Objects that nothing reaches and that wait for a collection; null where the heap was told by events, for which everything is collected before.</param>
public sealed record HeapInstances(long Live, ByteSize Bytes, long? Garbage)
{
    /// <summary>How the heap was read: from the memory of this process; where the system refuses that from a dump by its own runtime, else from the events of that runtime.</summary>
    public CaptureWay Way { get; init; } = CaptureWay.Live;

    /// <summary>Why better ways were refused; empty for <see cref="CaptureWay.Live"/>.</summary>
    public ImmutableArray<string> Refusals { get; init; } = [];

    /// <summary>
    /// Counts every object of a type and its subclasses in this process, tracked or not, by a capture of the heap. About a second, and two on a heap of a million objects.
    /// </summary>
    /// <typeparam name="T">The type, a class; an interface has no objects of its own.</typeparam>
    /// <exception cref="LimpetException">
    /// It is an interface; the tool is missing or refuses; or only the events of the runtime were to be had, which do not say what a type is based on, and another type derives from this one. The message says why.
    /// </exception>
    public static HeapInstances Count<T>()
        where T : class => CheckThread.Run(() => HeapQuestions.Census(typeof(T)));
}
