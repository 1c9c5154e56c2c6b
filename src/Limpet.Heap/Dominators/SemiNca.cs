using System.Runtime.CompilerServices;

namespace Limpet.Heap.Dominators;

/// <summary>
/// Immediate dominators by the semi-NCA algorithm (L. Georgiadis and R. E. Tarjan, "Dominator tree verification and vertex-disjoint
/// paths", 2005): number the objects depth first, find semidominators from the highest number down as Lengauer and Tarjan do (1979),
/// then take as dominator the nearest ancestor in the depth-first tree that is not above the semidominator.
/// <para>
/// Only references to a lower number need the search through compressed paths (see <see cref="DepthFirstNumbers"/>). Nothing recurses: a list of five million
/// is as ordinary as a tree. 28 bytes a node and 8 bytes a reference to a lower number, while it runs, numbers included.
/// O(references × log nodes); in theory the last step may be quadratic in the depth, in heaps it is a step or two.
/// </para>
/// </summary>
internal sealed unsafe class SemiNca : IDisposable
{
    private const int NodesBetweenChecks = 1 << 16;
    private readonly CancellationToken cancellation;
    private readonly DepthFirstNumbers numbers;

    private readonly NativeArray<int> semis;
    private readonly List<int> compressed = [];

    private SemiNca(DepthFirstNumbers numbers, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        this.numbers = numbers;
        semis = numbers.Candidates;
        PeakBytes = (28L * numbers.Vertices.Length) + (sizeof(LowerReference) * numbers.LowerCount);
    }

    /// <summary>By number: its node.</summary>
    public NativeArray<int> Vertices => numbers.Vertices;

    /// <summary>By number: its immediate dominator's number, always smaller; 0 for the virtual root.</summary>
    public NativeArray<int> Dominators => numbers.Ends;

    /// <summary>Room for two numbers a number that is free when the dominators are known.</summary>
    public NativeArray<SearchLink> Spare => numbers.Links;

    /// <summary>By number: room that is free when the dominators are known.</summary>
    public NativeArray<int> OtherSpare => semis;

    /// <summary>Number of objects that the roots reach.</summary>
    public int Count => numbers.Count;

    /// <summary>Bytes that it took at its peak.</summary>
    public long PeakBytes { get; }

    /// <summary>Finds the dominators of everything that the roots reach.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SemiNca Run(HeapGraph graph, CancellationToken cancellation)
    {
        SemiNca run = new(DepthFirstNumbers.Of(graph, cancellation), cancellation);
        try
        {
            run.FindSemidominators();
            run.FindDominators();
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Hands over the number of every node, 0 for one that no root reaches: this then no longer frees them.</summary>
    public NativeArray<int> TakeNumbers() => numbers.TakeNumbers();

    public void Dispose()
    {
        numbers.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindSemidominators()
    {
        SearchLink* links = numbers.Links.Pointer;
        int* dominator = Dominators.Pointer;
        int* semi = semis.Pointer;
        uint* first = numbers.FirstLower.Pointer;
        LowerReference* lower = numbers.Lower.Pointer;
        for (int number = 0; number <= Count; number++)
        {
            dominator[number] = links[number].Ancestor;
        }

        for (int number = Count; number > 0; number--)
        {
            if (number % NodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int best = semi[number];
            for (uint reference = first[number]; reference != 0; reference = lower[reference - 1].Next)
            {
                int candidate = LowOf(lower[reference - 1].Source, number);
                best = candidate < best ? candidate : best;
            }

            semi[number] = best;
            links[number].Low = best;
        }
    }

    /// <summary>
    /// The smallest semidominator on the way from <paramref name="number"/> up to, and without, the first that is not above <paramref name="limit"/>. All of
    /// them are known: they have higher numbers than the one that asks.
    /// </summary>
    private int LowOf(int number, int limit)
    {
        SearchLink* links = numbers.Links.Pointer;
        if (links[number].Ancestor <= limit)
        {
            return links[number].Low;
        }

        int top = number;
        while (links[top].Ancestor > limit)
        {
            compressed.Add(top);
            top = links[top].Ancestor;
        }

        // From the top down, each takes over the best of what lies above it, and from now on points past all of it.
        int end = links[top].Ancestor;
        int best = links[top].Low;
        for (int step = compressed.Count - 1; step >= 0; step--)
        {
            int below = compressed[step];
            best = Math.Min(best, links[below].Low);
            links[below] = new SearchLink { Ancestor = end, Low = best };
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

        numbers.Lower.Dispose();
        numbers.FirstLower.Dispose();
    }
}
