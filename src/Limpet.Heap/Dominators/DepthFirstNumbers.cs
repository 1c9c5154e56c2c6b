using System.Runtime.CompilerServices;

namespace Limpet.Heap.Dominators;

/// <summary>
/// The objects that roots reach, numbered in the order in which a depth-first search meets them, from 1; number 0 is a virtual root that holds whatever a root
/// holds. Nothing recurses. A reference to a higher number comes from an ancestor: the smallest such number is noted at once, as the first candidate for a
/// semidominator. References to a lower number, upwards or to another branch, are kept in reverse. O(nodes + references).
/// 24 bytes a node and 4 bytes a reference to a lower number.
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
        Parents = new NativeArray<int>(length);
        Candidates = new NativeArray<int>(length);
        Scratch = new NativeArray<int>(length);
        FirstLower = new NativeArray<uint>(length + 1, clear: true);
        Lower = new NativeArray<int>(0);
    }

    /// <summary>By node: its number; 0 for one that no root reaches.</summary>
    public NativeArray<int> Numbers { get; }

    /// <summary>By number: its node.</summary>
    public NativeArray<int> Vertices { get; }

    /// <summary>By number: the number that it was first reached from.</summary>
    public NativeArray<int> Parents { get; }

    /// <summary>By number: the smallest number below its own that refers to it.</summary>
    public NativeArray<int> Candidates { get; }

    /// <summary>By number: how far a node's references have been followed, and room when the numbers are there.</summary>
    public NativeArray<int> Scratch { get; }

    /// <summary>By number: where the numbers above its own that refer to it begin in <see cref="Lower"/>.</summary>
    public NativeArray<uint> FirstLower { get; }

    /// <summary>The sources of references to lower numbers, by target.</summary>
    public NativeArray<int> Lower { get; private set; }

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
            numbers.KeepLower();
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
        Parents.Dispose();
        Candidates.Dispose();
        Scratch.Dispose();
        FirstLower.Dispose();
        Lower.Dispose();
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
        int* parents = Parents.Pointer;
        int* semi = Candidates.Pointer;
        uint* cursors = (uint*)Scratch.Pointer;
        uint* lowerCounts = FirstLower.Pointer;
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
        uint* first = FirstLower.Pointer;
        uint sum = 0;
        for (int number = 1; number <= Count; number++)
        {
            sum += first[number];
            first[number] = sum;
        }

        first[Count + 1L] = sum;
        Lower.Dispose();
        Lower = new NativeArray<int>(sum);
        int* sources = Lower.Pointer;
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
}
