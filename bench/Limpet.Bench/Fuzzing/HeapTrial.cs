using Limpet.Capture;
using Limpet.Capture.Dumps;
using Limpet.Capture.Files;
using Limpet.Capture.GcDumps;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Strings;
using Limpet.Results;

namespace Limpet.Bench.Fuzzing;

/// <summary>Reads a file that may be altered, asks it a question, and looks how that ends: with an answer or with one clear error.</summary>
internal static class HeapTrial
{
    /// <summary>What went wrong; null when the file was answered or refused as it should be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isPortable">Whether a dump is read as on other systems, through the debugging library's own enumeration.</param>
    /// <param name="isAnswered">Whether there was an answer.</param>
    /// <param name="isLast">Whether the debugging library answers nobody any more in this process.</param>
    public static string? Run(string path, bool isPortable, out bool isAnswered, out bool isLast)
    {
        isLast = false;
        isAnswered = false;
        try
        {
            if (DumpHeap.IsDump(path))
            {
                using DumpHeap dump = isPortable ? DumpHeap.OpenPortable(path, CaptureSystem.Current, CancellationToken.None) : DumpHeap.Open(path);
                isAnswered = Ask(dump.Graph);
            }
            else if (GcDumpFile.IsGcDump(path))
            {
                using HeapGraph graph = GcDumpFile.Read(path, CancellationToken.None).Graph;
                isAnswered = Ask(graph);
            }
            else
            {
                using HeapGraph graph = HeapFile.Open(path, CancellationToken.None).Graph;
                isAnswered = Ask(graph);
            }

            return null;
        }
        catch (LimpetException exception)
        {
            isLast = exception.Message.Contains(RuntimeView.NoEnd, StringComparison.Ordinal);

            // The fact, and a next step.
            return exception.Message.Contains(". ", StringComparison.Ordinal) ? null : $"an error without a next step: {exception.Message}";
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    private static bool Ask(HeapGraph graph)
    {
        const int Shapes = 3;
        using RetentionQuery query = RetentionQuery.Open(graph, CancellationToken.None);
        foreach (string type in graph.Types.Select(type => type.Name).Where(name => name.Contains("String", StringComparison.Ordinal)).Take(2))
        {
            try
            {
                query.Ask(type, Shapes, CancellationToken.None);
            }
            catch (LimpetException exception) when (exception.Message.Contains("No object has the type", StringComparison.Ordinal) || exception.Message.Contains("types", StringComparison.Ordinal))
            {
                // An altered name may be the end of several, or of none.
            }
        }

        if (graph.Strings is { } strings)
        {
            AskStrings(strings);
        }

        for (int node = 0; node < graph.NodeCount; node += 97)
        {
            _ = graph.Addresses.AddressOf(new NodeIndex(node));
        }

        return true;
    }

    /// <summary>Which strings are equal, and how they begin.</summary>
    private static unsafe void AskStrings(HeapStrings strings)
    {
        const int Most = 20;
        StringGroups groups = StringGroups.Find([new StringRun(strings.Lengths, strings.Hashes, strings.Count)], Most, CancellationToken.None);
        foreach (StringGroup group in groups.Largest)
        {
            _ = strings.Texts?.GetValueOrDefault(group.Print)?.Length;
        }
    }
}
