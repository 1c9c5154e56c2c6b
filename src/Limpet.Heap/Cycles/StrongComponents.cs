using System.Runtime.CompilerServices;

namespace Limpet.Heap.Cycles;

/// <summary>
/// Groups of objects that all reach each other: the strongly connected components of two objects or more. An acyclic chain has none; an object that
/// refers to itself alone is none either, for every delegate of a static method does. Unreachable objects are searched too.
/// <para>
/// R. E. Tarjan's algorithm (1972) in the form of D. J. Pearce ("A space-efficient algorithm for finding strongly connected components",
/// 2016): one number a node, and one array that both stacks share, for an object is never on both. Nothing recurses. O(nodes + references).
/// 4 bytes a node; 16 while it is made.
/// </para>
/// </summary>
public sealed unsafe class StrongComponents : IDisposable
{
    /// <summary>What is done has a number above all that is under way, and goes down from here with the component's index.</summary>
    private const int Alone = int.MaxValue;
    private const int NodesBetweenChecks = 1 << 16;
    private readonly NativeArray<int> low;

    private StrongComponents(HeapGraph graph)
    {
        Graph = graph;
        low = new NativeArray<int>(graph.NodeCount, clear: true);
    }

    /// <summary>The graph.</summary>
    public HeapGraph Graph { get; }

    /// <summary>Number of components.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that it takes.</summary>
    public long MemoryBytes => sizeof(int) * low.Length;

    /// <summary>Finds the components of a graph.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static StrongComponents Find(HeapGraph graph, CancellationToken cancellation)
    {
        StrongComponents components = new(graph);
        try
        {
            using NativeArray<int> stacks = new(graph.NodeCount);
            using NativeArray<uint> cursors = new(graph.NodeCount);
            using NativeArray<uint> ends = new(graph.NodeCount);
            components.Search(stacks.Pointer, cursors.Pointer, ends.Pointer, cancellation);
            GC.KeepAlive(graph);
            return components;
        }
        catch
        {
            components.Dispose();
            throw;
        }
    }

    /// <summary>Index of the component that <paramref name="node"/> belongs to; -1 for none.</summary>
    public int ComponentOf(NodeIndex node) => low[node.Value] == Alone ? -1 : Alone - 1 - low[node.Value];

    /// <inheritdoc />
    public void Dispose() => low.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(int* stacks, uint* cursors, uint* ends, CancellationToken cancellation)
    {
        int* number = low.Pointer;
        uint* firstEdges = Graph.FirstEdges;
        int* targets = Graph.Targets;
        int components = 0;
        int visited = 0;
        int waiting = Graph.NodeCount;
        for (int start = 0; start < Graph.NodeCount; start++)
        {
            if (number[start] != 0)
            {
                continue;
            }

            // The way down grows from the front of the array, those that wait for their component from its back.
            int depth = 0;
            int node = start;
            number[node] = ++visited;
            int own = visited;
            int least = own;
            uint edge = firstEdges[node];
            uint last = firstEdges[node + 1L];
            while (true)
            {
                int child = -1;
                while (edge < last)
                {
                    if (last - edge > Prefetch.Distance)
                    {
                        Prefetch.At(number + targets[edge + Prefetch.Distance]);
                        Prefetch.At(firstEdges + targets[edge + Prefetch.Distance]);
                    }

                    int target = targets[edge++];
                    if (edge < last)
                    {
                        Prefetch.At(targets + firstEdges[targets[edge]]);
                    }

                    int known = number[target];
                    if (known == 0)
                    {
                        child = target;
                        break;
                    }

                    least = known < least ? known : least;
                }

                if (child >= 0)
                {
                    uint begin = firstEdges[child];
                    uint end = firstEdges[child + 1L];
                    if (begin == end)
                    {
                        number[child] = Alone;
                        continue;
                    }

                    // A node whose number was lowered is no root of a component: its sign on the stack says so.
                    number[node] = least;
                    cursors[depth] = edge;
                    ends[depth] = last;
                    stacks[depth++] = least == own ? node : ~node;
                    node = child;
                    number[node] = own = least = ++visited;
                    edge = begin;
                    last = end;

                    // One reference alone is looked at at once.
                    uint near = last - edge <= Prefetch.Distance ? last : edge + Prefetch.Distance;
                    for (uint ahead = edge + 1; ahead < near; ahead++)
                    {
                        Prefetch.At(number + targets[ahead]);
                        Prefetch.At(firstEdges + targets[ahead]);
                    }

                    if (visited % NodesBetweenChecks == 0)
                    {
                        cancellation.ThrowIfCancellationRequested();
                    }

                    continue;
                }

                number[node] = least;
                if (least != own)
                {
                    stacks[--waiting] = node;
                }
                else if (waiting < Graph.NodeCount && number[stacks[waiting]] >= own)
                {
                    int id = Alone - 1 - components++;
                    number[node] = id;
                    while (waiting < Graph.NodeCount && number[stacks[waiting]] >= own)
                    {
                        number[stacks[waiting++]] = id;
                    }
                }
                else
                {
                    number[node] = Alone;
                }

                int below = number[node];
                if (depth == 0)
                {
                    break;
                }

                depth--;
                int parent = stacks[depth];
                node = parent < 0 ? ~parent : parent;
                least = number[node];
                own = parent < 0 ? -1 : least;
                edge = cursors[depth];
                last = ends[depth];
                least = below < least ? below : least;
            }
        }

        Count = components;
    }
}
