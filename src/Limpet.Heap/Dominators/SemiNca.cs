using System.Runtime.CompilerServices;

namespace Limpet.Heap.Dominators;

/// <summary>
/// Immediate dominators by the semi-NCA algorithm (L. Georgiadis and R. E. Tarjan, "Dominator tree verification and vertex-disjoint
/// paths", 2005): number the objects depth first, find semidominators from the highest number down as Lengauer and Tarjan do (1979),
/// then take as dominator the nearest ancestor in the depth-first tree that is not above the semidominator. Number 0 is a virtual root
/// that holds whatever a root holds.
/// <para>
/// A reference to a higher number comes from an ancestor and gives its own number as a candidate at once, during the numbering. Only those to a lower
/// number (upwards, or to another branch) need the search through compressed paths, and so only they are kept in reverse.
/// Nothing recurses: a list of five million is as ordinary as a tree. 28 bytes a node and 4 bytes a reference to a lower number, while it runs.
/// O(references × log nodes); in theory the last step may be quadratic in the depth, in heaps it is a step or two.
/// </para>
/// </summary>
internal sealed unsafe class SemiNca : IDisposable
{
    private const int NodesBetweenChecks = 1 << 16;
    private readonly HeapGraph graph;
    private readonly CancellationToken cancellation;

    /// <summary>By number: cursor into the references while numbering, then the label with the smallest semidominator on the compressed path.</summary>
    private readonly NativeArray<int> labels;
    private readonly NativeArray<int> semis;
    private readonly NativeArray<uint> firstLower;
    private readonly List<int> compressed = [];
    private NativeArray<int>? lower;
    private bool numbersTaken;

    private SemiNca(HeapGraph graph, CancellationToken cancellation)
    {
        this.graph = graph;
        this.cancellation = cancellation;
        long length = graph.NodeCount + 1L;
        Numbers = new NativeArray<int>(graph.NodeCount, clear: true);
        Vertices = new NativeArray<int>(length);
        Ancestors = new NativeArray<int>(length);
        Dominators = new NativeArray<int>(length);
        labels = new NativeArray<int>(length);
        semis = new NativeArray<int>(length);
        firstLower = new NativeArray<uint>(length + 1, clear: true);
    }

    /// <summary>By node: its number from 1; 0 for one that no root reaches.</summary>
    public NativeArray<int> Numbers { get; }

    /// <summary>By number: its node.</summary>
    public NativeArray<int> Vertices { get; }

    /// <summary>By number: its immediate dominator's number, always smaller; 0 for the virtual root.</summary>
    public NativeArray<int> Dominators { get; }

    /// <summary>By number: room that is free when the dominators are known.</summary>
    public NativeArray<int> Ancestors { get; }

    /// <summary>By number: room that is free when the dominators are known.</summary>
    public NativeArray<int> Spare => labels;

    /// <summary>By number: room that is free when the dominators are known.</summary>
    public NativeArray<int> OtherSpare => semis;

    /// <summary>Number of objects that the roots reach.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that it took at its peak.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Finds the dominators of everything that the roots reach.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SemiNca Run(HeapGraph graph, CancellationToken cancellation)
    {
        SemiNca run = new(graph, cancellation);
        try
        {
            run.Number();
            run.KeepLower();
            run.FindSemidominators();
            run.FindDominators();
            GC.KeepAlive(graph);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Hands over <see cref="Numbers"/>, which this then no longer frees.</summary>
    public NativeArray<int> TakeNumbers()
    {
        numbersTaken = true;
        return Numbers;
    }

    public void Dispose()
    {
        if (!numbersTaken)
        {
            Numbers.Dispose();
        }

        Vertices.Dispose();
        Ancestors.Dispose();
        Dominators.Dispose();
        labels.Dispose();
        semis.Dispose();
        firstLower.Dispose();
        lower?.Dispose();
    }

    private void Number()
    {
        foreach (GcRoot root in graph.Roots)
        {
            if (root.Target.IsNone)
            {
                continue;
            }

            if (Numbers[root.Target.Value] is > 0 and var number)
            {
                semis[number] = 0;
            }
            else
            {
                NumberFrom(root.Target.Value);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NumberFrom(int start)
    {
        uint* firstEdges = graph.FirstEdges;
        int* targets = graph.Targets;
        int* numbers = Numbers.Pointer;
        int* vertices = Vertices.Pointer;
        int* parents = Ancestors.Pointer;
        int* semi = semis.Pointer;
        uint* cursors = (uint*)labels.Pointer;
        uint* lowerCounts = firstLower.Pointer;
        int count = Count;
        int current = 0;
        int child = start;
        uint edge = 0;
        uint last = 0;
        while (true)
        {
            if (child >= 0)
            {
                numbers[child] = ++count;
                vertices[count] = child;
                parents[count] = current;
                semi[count] = current;
                if (firstEdges[child] != firstEdges[child + 1L])
                {
                    cursors[current] = edge;
                    current = count;
                    edge = firstEdges[child];
                    last = firstEdges[child + 1L];
                }

                child = -1;
                if (count % NodesBetweenChecks == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }

            while (edge < last)
            {
                int target = targets[edge++];
                int number = numbers[target];
                if (number == 0)
                {
                    child = target;
                    break;
                }

                if (number < current)
                {
                    lowerCounts[number]++;
                }
                else if (current < semi[number] && number != current)
                {
                    semi[number] = current;
                }
            }

            if (child < 0)
            {
                current = current == 0 ? 0 : parents[current];
                if (current == 0)
                {
                    break;
                }

                edge = cursors[current];
                last = firstEdges[vertices[current] + 1L];
            }
        }

        Count = count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void KeepLower()
    {
        uint* first = firstLower.Pointer;
        uint sum = 0;
        for (int number = 1; number <= Count; number++)
        {
            sum += first[number];
            first[number] = sum;
        }

        first[Count + 1L] = sum;
        lower = new NativeArray<int>(sum);
        PeakBytes = (28L * (graph.NodeCount + 1L)) + (4L * sum);
        int* sources = lower.Pointer;
        int* numbers = Numbers.Pointer;
        uint* firstEdges = graph.FirstEdges;
        int* targets = graph.Targets;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (node % NodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int number = numbers[node];
            if (number == 0)
            {
                continue;
            }

            uint last = firstEdges[node + 1L];
            for (uint edge = firstEdges[node]; edge < last; edge++)
            {
                int target = numbers[targets[edge]];
                if (target < number)
                {
                    sources[--first[target]] = number;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindSemidominators()
    {
        int* label = labels.Pointer;
        int* ancestor = Ancestors.Pointer;
        int* dominator = Dominators.Pointer;
        int* semi = semis.Pointer;
        uint* first = firstLower.Pointer;
        int* sources = lower!.Pointer;
        for (int number = 0; number <= Count; number++)
        {
            label[number] = number;
            dominator[number] = ancestor[number];
        }

        for (int number = Count; number > 0; number--)
        {
            if (number % NodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int best = semi[number];
            uint last = first[number + 1L];
            for (uint edge = first[number]; edge < last; edge++)
            {
                int candidate = semi[LabelOf(sources[edge], number)];
                best = candidate < best ? candidate : best;
            }

            semi[number] = best;
        }
    }

    /// <summary>The one with the smallest semidominator on the way from <paramref name="number"/> up to, and without, the first that is not above <paramref name="limit"/>.</summary>
    private int LabelOf(int number, int limit)
    {
        int* ancestor = Ancestors.Pointer;
        int* label = labels.Pointer;
        int* semi = semis.Pointer;
        if (ancestor[number] <= limit)
        {
            return label[number];
        }

        int top = number;
        while (ancestor[top] > limit)
        {
            compressed.Add(top);
            top = ancestor[top];
        }

        // From the top down, each takes over the best of what lies above it, and from now on points past all of it.
        int end = ancestor[top];
        int best = label[top];
        for (int step = compressed.Count - 1; step >= 0; step--)
        {
            int below = compressed[step];
            best = semi[best] < semi[label[below]] ? best : label[below];
            label[below] = best;
            ancestor[below] = end;
        }

        compressed.Clear();
        return best;
    }

    private void FindDominators()
    {
        int* dominator = Dominators.Pointer;
        int* semi = semis.Pointer;
        for (int number = 1; number <= Count; number++)
        {
            int above = dominator[number];
            int bound = semi[number];
            while (above > bound)
            {
                above = dominator[above];
            }

            dominator[number] = above;
        }

        lower!.Dispose();
        firstLower.Dispose();
    }
}
