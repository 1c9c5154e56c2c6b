using System.Collections.Immutable;

namespace Limpet.Heap.Cycles;

/// <summary>
/// What the components of a heap look like. A program with a million nodes that point to their parents has a million components of one shape:
/// that is one line. O(nodes + references × the smaller degree of a pair); 28 bytes a component and 4 a node while it runs.
/// </summary>
public sealed unsafe class ComponentShapes
{
    private readonly StrongComponents components;
    private readonly HeapGraph graph;
    private readonly int[] objects;
    private readonly int[] first;
    private readonly long[] bytes;
    private readonly ulong[] types;
    private readonly int[] pairs;

    private ComponentShapes(StrongComponents components)
    {
        this.components = components;
        graph = components.Graph;
        objects = new int[components.Count];
        first = new int[components.Count];
        bytes = new long[components.Count];
        types = new ulong[components.Count];
        pairs = new int[components.Count];
    }

    /// <summary>The shapes, those of the largest components first.</summary>
    /// <param name="components">The components.</param>
    /// <param name="isRooted">Whether a root reaches an object.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <param name="isMeant">Whether a component is of interest; null when all are.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImmutableArray<ComponentShape> Of(
        StrongComponents components, Func<NodeIndex, bool> isRooted, CancellationToken cancellation, Func<int, bool>? isMeant = null)
    {
        if (components.Count == 0)
        {
            return [];
        }

        ComponentShapes shapes = new(components);
        shapes.AddUp();
        cancellation.ThrowIfCancellationRequested();
        shapes.CountPairs(cancellation);
        return shapes.Merge(isRooted, isMeant);
    }

    private void AddUp()
    {
        for (int node = graph.NodeCount - 1; node >= 0; node--)
        {
            NodeIndex index = new(node);
            int component = components.ComponentOf(index);
            if (component >= 0)
            {
                objects[component]++;
                first[component] = node;
                bytes[component] += graph.SizeOf(index);

                // A sum, so that it does not depend on the order of the objects.
                types[component] += Mixed((ulong)graph.TypeIndexOf(index).Value + 1);
            }
        }
    }

    /// <summary>Of each pair the object with fewer references is asked whether it refers back, once for each that refers to it.</summary>
    private void CountPairs(CancellationToken cancellation)
    {
        using NativeArray<int> seenFrom = new(graph.NodeCount, clear: true);
        uint* firstEdges = graph.FirstEdges;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int component = components.ComponentOf(new NodeIndex(node));
            if (component < 0)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            uint degree = firstEdges[node + 1L] - firstEdges[node];
            foreach (int target in graph.TargetsOf(new NodeIndex(node)))
            {
                uint other = firstEdges[target + 1L] - firstEdges[target];
                bool isAsked = other < degree || (other == degree && target < node);
                if (isAsked && components.ComponentOf(new NodeIndex(target)) == component && seenFrom[target] != node + 1)
                {
                    seenFrom[target] = node + 1;
                    pairs[component] += graph.TargetsOf(new NodeIndex(target)).Contains(node) ? 1 : 0;
                }
            }
        }
    }

    private ImmutableArray<ComponentShape> Merge(Func<NodeIndex, bool> isRooted, Func<int, bool>? isMeant)
    {
        var merged = Enumerable.Range(0, components.Count)
            .Where(component => isMeant?.Invoke(component) != false)
            .GroupBy(component => (objects[component], pairs[component], types[component], Rooted: isRooted(new NodeIndex(first[component]))))
            .Select(group => (Component: group.First(), Count: group.LongCount(), group.Key.Rooted, Bytes: group.Sum(component => bytes[component])))
            .OrderByDescending(group => objects[group.Component])
            .ThenByDescending(group => group.Bytes)
            .ThenBy(group => first[group.Component])
            .ToArray();
        Dictionary<int, Dictionary<int, int>> typesOf = merged.ToDictionary(group => group.Component, _ => new Dictionary<int, int>());
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int component = components.ComponentOf(new NodeIndex(node));
            if (component >= 0 && typesOf.TryGetValue(component, out Dictionary<int, int>? counts))
            {
                int type = graph.TypeIndexOf(new NodeIndex(node)).Value;
                counts[type] = counts.GetValueOrDefault(type) + 1;
            }
        }

        return
        [
            .. merged.Select(group => new ComponentShape(
                group.Count,
                objects[group.Component],
                pairs[group.Component],
                group.Rooted,
                group.Bytes,
                [.. typesOf[group.Component].OrderByDescending(type => type.Value).ThenBy(type => graph.Types[type.Key].Name, StringComparer.Ordinal).Select(type => (new TypeIndex(type.Key), type.Value))],
                new NodeIndex(first[group.Component]))),
        ];
    }

    /// <summary>Bits in no order (SplitMix64, G. Steele and others, 2014).</summary>
    private static ulong Mixed(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
