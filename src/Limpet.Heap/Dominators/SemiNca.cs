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

    /// <summary>By number: the one with the smallest semidominator on the compressed path.</summary>
    private readonly NativeArray<int> labels;
    private readonly NativeArray<int> semis;
    private readonly List<int> compressed = [];

    private SemiNca(DepthFirstNumbers numbers, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        this.numbers = numbers;
        labels = numbers.Scratch;
        semis = numbers.Candidates;
        PeakBytes = (28L * numbers.Vertices.Length) + (sizeof(LowerReference) * numbers.LowerCount);
    }

    /// <summary>By number: its node.</summary>
    public NativeArray<int> Vertices => numbers.Vertices;

    /// <summary>By number: its immediate dominator's number, always smaller; 0 for the virtual root.</summary>
    public NativeArray<int> Dominators => numbers.Ends;

    /// <summary>By number: room that is free when the dominators are known; before, parents that compression replaces by higher ancestors.</summary>
    public NativeArray<int> Ancestors => numbers.Parents;

    /// <summary>By number: room that is free when the dominators are known.</summary>
    public NativeArray<int> Spare => labels;

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
        int* label = labels.Pointer;
        int* ancestor = Ancestors.Pointer;
        int* dominator = Dominators.Pointer;
        int* semi = semis.Pointer;
        uint* first = numbers.FirstLower.Pointer;
        LowerReference* lower = numbers.Lower.Pointer;
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
            for (uint reference = first[number]; reference != 0; reference = lower[reference - 1].Next)
            {
                int candidate = semi[LabelOf(lower[reference - 1].Source, number)];
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

        numbers.Lower.Dispose();
        numbers.FirstLower.Dispose();
    }
}
