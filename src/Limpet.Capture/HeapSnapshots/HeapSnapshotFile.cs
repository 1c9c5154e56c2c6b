using Limpet.Capture.Files;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.HeapSnapshots;

/// <summary>
/// The <c>.heapsnapshot</c> file of V8, which the tools of the browsers and memlab read: one JSON document with numbers for nodes and edges.
/// About 40 bytes an object and 15 a reference. Written, not read.
/// </summary>
public static class HeapSnapshotFile
{
    /// <summary>How the names of such files end.</summary>
    public const string Extension = ".heapsnapshot";

    /// <summary>Writes what the roots of a graph reach into a file that only this user can read.</summary>
    /// <exception cref="LimpetException">It cannot be written there, or the heap is larger than the format allows.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left behind.</exception>
    public static ByteSize Write(string path, HeapGraph graph, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return PrivateFile.Write(path, file => HeapSnapshotWriter.Write(file, graph, cancellation));
    }
}
