using System.Buffers.Binary;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Results;

namespace Limpet.Capture.Files;

/// <summary>
/// The <c>.limpet</c> file: the structure of a heap (objects, references, types, roots), never its contents.
/// It begins with a page of header and section table; every section has a checksum (CRC-32C) and begins at a multiple of 4,096
/// bytes, so that it can be mapped as it is. Numbers are little-endian. Size: 12 bytes a node, 5 bytes an edge, 1/64 of the heap
/// for addresses, and the names.
/// </summary>
public static class HeapFile
{
    /// <summary>The version that this tool writes, and the newest that it reads.</summary>
    public const int Version = 2;

    private const string Again = "Capture the heap again: limpet snapshot PID -o FILE";

    /// <summary>How the names of heap files end.</summary>
    public const string Extension = ".limpet";

    /// <summary>Writes a file that only this user can read. A file of this name is replaced once the new one is whole; until then, and when anything goes wrong, it stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="graph">The heap.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <param name="cancellation">Cancels; nothing is left behind.</param>
    /// <returns>Size of the file.</returns>
    /// <exception cref="LimpetException">It cannot be written there.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ByteSize Write(string path, HeapGraph graph, HeapFileMetadata metadata, CancellationToken cancellation) =>
        Write(path, graph, metadata, code: null, cancellation);

    /// <inheritdoc cref="Write(string, HeapGraph, HeapFileMetadata, CancellationToken)" />
    /// <param name="path">The file.</param>
    /// <param name="graph">The heap.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <param name="code">Tells the lines of the methods that delegates call, which the file then holds; null for a file without lines.</param>
    /// <param name="cancellation">Cancels; nothing is left behind.</param>
    public static ByteSize Write(string path, HeapGraph graph, HeapFileMetadata metadata, ICodeFacts? code, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return PrivateFile.Write(path, file => HeapFileWriter.Write(file, graph, metadata, code, cancellation));
    }

    /// <summary>
    /// Opens a file without reading the arrays of its objects and references: each is checked at the first look at it, and where it was
    /// altered, that look throws. The file stays mapped until the graph is disposed.
    /// </summary>
    /// <exception cref="LimpetException">It is no such file, not whole, of a newer version, or what was read of it was altered.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LoadedHeap Open(string path, CancellationToken cancellation) => Read(path, checkAll: false, cancellation);

    /// <summary>Opens a file and checks all of it.</summary>
    /// <exception cref="LimpetException">It is no such file, not whole, altered, or of a newer version.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LoadedHeap Read(string path, CancellationToken cancellation) => Read(path, checkAll: true, cancellation);

    internal static LimpetException Unreadable(string path, HeapFileException exception) =>
        new($"Cannot read {Text.Escaping.Show(path)}: {exception.Message} {exception.NextStep ?? Again}", exception);

    /// <summary>Whether a file begins as a heap file does. False for one that cannot be read.</summary>
    public static bool IsHeapFile(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: >= sizeof(ulong) })
            {
                return false;
            }

            using FileStream file = File.OpenRead(path);
            Span<byte> magic = stackalloc byte[sizeof(ulong)];
            return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
                && BinaryPrimitives.ReadUInt64LittleEndian(magic) == HeapFileHeader.Magic;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static LoadedHeap Read(string path, bool checkAll, CancellationToken cancellation)
    {
        try
        {
            return HeapFileReader.Read(path, checkAll, cancellation);
        }
        catch (HeapFileException exception)
        {
            throw Unreadable(path, exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw new LimpetException(Trouble.Refused, $"Cannot read {Text.Escaping.Show(path)}: its heap does not fit into memory. Read it on a larger machine.", exception);
        }
    }
}
