using Limpet.Capture.Files;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.GcDumps;

/// <summary>
/// The <c>.gcdump</c> file of PerfView, Visual Studio and dotnet-gcdump: objects with type, size and references, without the names of
/// members. Memory while it is read: 24 bytes an object beside the graph; the file is mapped.
/// </summary>
public static class GcDumpFile
{
    /// <summary>How the names of such files end.</summary>
    public const string Extension = ".gcdump";

    /// <summary>Whether a file begins as a <c>.gcdump</c> does. False for one that cannot be read.</summary>
    public static bool IsGcDump(string path)
    {
        try
        {
            int length = FastReader.Signature.Length;
            if (new FileInfo(path) is not { Exists: true } info || info.Length < length)
            {
                return false;
            }

            using FileStream file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[length];
            return file.ReadAtLeast(start, length, throwOnEndOfStream: false) == length && start.SequenceEqual(FastReader.Signature);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads a file. A graph that is not whole says so in <see cref="HeapGraph.IncompleteReason"/>.</summary>
    /// <exception cref="LimpetException">It is no such file, cut or altered.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LoadedHeap Read(string path, CancellationToken cancellation)
    {
        using MappedFile file = MappedFile.Open(path, "Capture the heap again: limpet snapshot PID -o FILE.limpet");
        GcDumpContent content = GcDumpContent.Read(file);
        HeapGraph graph = new GcDumpGraph(content, file, cancellation).Build();
        return new LoadedHeap(graph, new HeapFileMetadata
        {
            ToolVersion = content.Tool,
            RuntimeName = ".NET",
            Pid = content.ProcessId,
            CapturedAt = File.GetLastWriteTimeUtc(path),
            CommandLine = content.ProcessName.Length > 0 ? [content.ProcessName] : [],
        });
    }

    /// <summary>Writes what the roots of a graph reach into a file that only this user can read.</summary>
    /// <exception cref="LimpetException">It cannot be written there, or the heap is larger than the format allows.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left behind.</exception>
    public static ByteSize Write(string path, HeapGraph graph, HeapFileMetadata metadata, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(metadata);
        return PrivateFile.Write(path, file => GcDumpWriter.Write(file, graph, metadata, cancellation));
    }
}
