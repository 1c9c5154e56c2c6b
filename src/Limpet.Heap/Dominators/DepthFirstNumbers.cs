using System.Runtime.CompilerServices;

namespace Limpet.Heap.Dominators;

/// <summary>
/// The objects that roots reach, numbered in the order in which a depth-first search meets them, from 1; number 0 is a virtual root that holds whatever a root
/// holds. Nothing recurses. A reference to a higher number comes from an ancestor: the smallest such number is noted at once, as the first candidate for a
/// semidominator. References to a lower number, upwards or to another branch, are kept in reverse, as lists that one array holds. O(nodes + references).
/// 28 bytes a node and 8 bytes a reference to a lower number.
/// </summary>
internal sealed unsafe class DepthFirstNumbers : IDisposable
{
    private const int NodesBetweenChecks = 1 << 16;
    private readonly HeapGraph graph;
    private readonly CancellationToken cancellation;
    private bool numbersTaken;

    private DepthFirstNumbers(HeapGraph graph, CancellationToken cancellation)
    {
        this.graph = graph;
        this.cancellation = cancellation;
        long length = graph.NodeCount + 1L;
        Numbers = new NativeArray<int>(graph.NodeCount, clear: true);
        Vertices = new NativeArray<int>(length);
        Links = new NativeArray<SearchLink>(length);
        Candidates = new NativeArray<int>(length);
        Ends = new NativeArray<int>(length);
        FirstLower = new NativeArray<uint>(length, clear: true);

        // Address space for the most that there can be; memory is taken only for what is written.
        Lower = new NativeArray<LowerReference>(graph.EdgeCount);
    }

    /// <summary>By node: its number; 0 for one that no root reaches.</summary>
    public NativeArray<int> Numbers { get; }

    /// <summary>By number: its node.</summary>
    public NativeArray<int> Vertices { get; }

    /// <summary>By number: the number that it was first reached from, and room when the numbers are there.</summary>
    public NativeArray<SearchLink> Links { get; }

    /// <summary>By number: the smallest number below its own that refers to it.</summary>
    public NativeArray<int> Candidates { get; }

    /// <summary>By number: where a node's references end, and room when the numbers are there.</summary>
    public NativeArray<int> Ends { get; }

    /// <summary>By number: the first of the references from higher numbers, as its place in <see cref="Lower"/> and 1 more; 0 for none.</summary>
    public NativeArray<uint> FirstLower { get; }

    /// <summary>The references to lower numbers, in the order in which they were met.</summary>
    public NativeArray<LowerReference> Lower { get; }

    /// <summary>Number of references to lower numbers.</summary>
    public long LowerCount { get; private set; }

    /// <summary>Number of objects that the roots reach.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers what the roots reach.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DepthFirstNumbers Of(HeapGraph graph, CancellationToken cancellation)
    {
        DepthFirstNumbers numbers = new(graph, cancellation);
        try
        {
            numbers.Number();
            GC.KeepAlive(graph);
            return numbers;
        }
        catch
        {
            numbers.Dispose();
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
        Links.Dispose();
        Candidates.Dispose();
        Ends.Dispose();
        FirstLower.Dispose();
        Lower.Dispose();
    }

    private void Number()
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (GcRoot root in graph.Roots)
        {
            if (root.Target.IsNone)
            {
                continue;
            }

            if (Numbers[root.Target.Value] is > 0 and var number)
            {
                Candidates[number] = 0;
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
        SearchLink* links = Links.Pointer;
        int* semi = Candidates.Pointer;
        uint* ends = (uint*)Ends.Pointer;
        uint* firstLower = FirstLower.Pointer;
        LowerReference* lower = Lower.Pointer;
        uint lowers = (uint)LowerCount;
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
                links[count].Ancestor = current;
                semi[count] = current;
                uint begin = firstEdges[child];
                uint end = firstEdges[child + 1L];
                if (begin != end)
                {
                    links[current].Low = (int)edge;
                    ends[current] = last;
                    current = count;
                    edge = begin;
                    last = end;

                    // One reference alone is looked at at once.
                    uint near = last - edge <= Prefetch.Distance ? last : edge + Prefetch.Distance;
                    for (uint ahead = edge + 1; ahead < near; ahead++)
                    {
                        Prefetch.At(numbers + targets[ahead]);
                        Prefetch.At(firstEdges + targets[ahead]);
                    }
                }

                child = -1;
                if (count % NodesBetweenChecks == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }

            while (edge < last)
            {
                if (last - edge > Prefetch.Distance)
                {
                    Prefetch.At(numbers + targets[edge + Prefetch.Distance]);
                    Prefetch.At(firstEdges + targets[edge + Prefetch.Distance]);
                }

                int target = targets[edge++];
                if (edge < last)
                {
                    Prefetch.At(targets + firstEdges[targets[edge]]);
                }

                int number = numbers[target];
                if (number == 0)
                {
                    child = target;
                    break;
                }

                if (number < current)
                {
                    lower[lowers] = new LowerReference(current, firstLower[number]);
                    firstLower[number] = ++lowers;
                }
                else if (current < semi[number] && number != current)
                {
                    semi[number] = current;
                }
            }

            if (child < 0)
            {
                current = current == 0 ? 0 : links[current].Ancestor;
                if (current == 0)
                {
                    break;
                }

                edge = (uint)links[current].Low;
                last = ends[current];
            }
        }

        Count = count;
        LowerCount = lowers;
    }
}
