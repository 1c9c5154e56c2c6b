using Limpet.Capture;
using Limpet.Heap.Code;
using Limpet.Heap.Paths;

namespace Limpet.Cli.Hunting.Run;

/// <summary>The last captured heap with its ways from the roots, kept until the next capture: traces are made from it.</summary>
internal sealed class HeapView : IDisposable
{
    private readonly LiveCapture capture;
    private readonly ShortestPathTree tree;

    public HeapView(LiveCapture capture, ICodeFacts code, PathLimits limits, CancellationToken cancellation)
    {
        Code = code;
        this.capture = capture;
        tree = ShortestPathTree.Build(capture.Graph, limits, cancellation);
        Merged = MergedPaths.Of(tree, cancellation);
        Census = HeapCensus.Of(Merged);
    }

    public LiveCapture Capture => capture;

    /// <summary>The code of the target.</summary>
    public ICodeFacts Code { get; }

    public MergedPaths Merged { get; }

    public HeapCensus Census { get; }

    /// <summary>Objects of a type, reachable or not: what an observer would have counted who does not collect.</summary>
    public long CountOfType(string type)
    {
        var ids = Enumerable.Range(0, capture.Graph.Types.Length).Where(id => capture.Graph.Types[id].Name == type).ToHashSet();
        long count = 0;
        for (int node = 0; node < capture.Graph.NodeCount; node++)
        {
            count += ids.Contains(capture.Graph.TypeIndexOf(new(node)).Value) ? 1 : 0;
        }

        return count;
    }

    public void Dispose()
    {
        Merged.Dispose();
        tree.Dispose();
        capture.Graph.Dispose();
    }
}
