using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Tracking;

/// <summary>The objects of a type in a captured heap.</summary>
/// <param name="Live">Objects that a root reaches.</param>
/// <param name="Bytes">Their own sizes, added up.</param>
/// <param name="Garbage">Objects that nothing reaches and that wait for a collection.</param>
public sealed record HeapInstances(long Live, ByteSize Bytes, long Garbage)
{
    /// <summary>Counts every object of a type and its subclasses in this process, tracked or not, by a capture of the heap. About a second, and two on a heap of a million objects.</summary>
    /// <typeparam name="T">The type, a class.</typeparam>
    /// <exception cref="LimpetException">The tool is missing or refuses; the message says why.</exception>
    public static HeapInstances Count<T>()
        where T : class => CheckThread.Run(() => HeapQuestions.Census(TypeSpelling.Of(typeof(T))));
}
