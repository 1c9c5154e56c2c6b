using System.Collections.Immutable;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Capture.EventPipe;

/// <summary>
/// Makes a graph of the events of a heap walk. Objects come heap by heap and region by region, in the order of their addresses within each: the stretches
/// are put in order, and the objects one by one only where they overlap. O(objects + references × log stretches).
/// </summary>
internal sealed unsafe class EventGraph : IDisposable
{
    private const ulong NewStretch = 64 << 10;
    private readonly HeapEvents events;
    private readonly long eventsLost;
    private readonly CancellationToken cancellation;
    private readonly EventModules modules;
    private readonly EventTypes types;
    private readonly ByteSize buffer;
    private readonly NativeArray<int> order;
    private readonly NativeArray<long> firstTargets;
    private readonly int count;
    private int impossible;
    private long dangling;

    /// <summary>Takes the events, which stay the caller's.</summary>
    /// <param name="events">What has come.</param>
    /// <param name="modules">The modules that types are from.</param>
    /// <param name="eventsLost">How many events of the session were lost on their way.</param>
    /// <param name="buffer">What the runtime had for events that were not read yet.</param>
    /// <param name="cancellation">Cancels.</param>
    public EventGraph(HeapEvents events, EventModules modules, long eventsLost, ByteSize buffer, CancellationToken cancellation)
    {
        this.events = events;
        this.eventsLost = eventsLost;
        this.buffer = buffer;
        this.cancellation = cancellation;
        this.modules = modules;
        types = new EventTypes(events.Types, modules);
        int all = checked((int)events.Addresses.Count);
        order = new NativeArray<int>(all);
        firstTargets = new NativeArray<long>(all + 1L);
        long target = 0;
        for (int node = 0; node < all; node++)
        {
            firstTargets.Pointer[node] = target;
            target += events.EdgeCounts.Pointer[node];
        }

        firstTargets.Pointer[all] = target;
        Sort(all);
        count = KeepPossible(all);
    }

    /// <summary>Builds the graph; it says of itself when it is not whole.</summary>
    public HeapGraph Build()
    {
        NativeArray<uint> nodeTypes = new(count);
        NativeArray<uint> sizes = new(count);
        for (int index = 0; index < count; index++)
        {
            nodeTypes.Pointer[index] = events.NodeTypes.Pointer[order.Pointer[index]];
            sizes.Pointer[index] = Math.Max(1, events.Sizes.Pointer[order.Pointer[index]]);
        }

        AddressMap map = ObjectAddresses.Map(count, AddressAt, sizes.Pointer);
        ImmutableArray<HeapType> heapTypes = [.. events.TypeIds.Select(types.Of)];
        NativeArray<uint> firstEdges = new(count + 1L);
        GrowingArray<int> targets = new();
        GrowingArray<byte> slots = new();
        Dictionary<int, List<int>> dependents = DependentEdges.ByKey(events.Dependents, map);
        for (int index = 0; index < count; index++)
        {
            CheckCancelled(index);
            firstEdges.Pointer[index] = checked((uint)targets.Count);
            AddEdges(order.Pointer[index], map, heapTypes[(int)nodeTypes.Pointer[index]].IsArray ? EdgeSlot.ArrayElement : EdgeSlot.BeyondLastField, targets, slots);
            foreach (int value in dependents.GetValueOrDefault(index) ?? [])
            {
                targets.Add(value);
                slots.Add(EdgeSlot.DependentHandle);
            }
        }

        firstEdges.Pointer[count] = checked((uint)targets.Count);
        NativeArray<int> allTargets = targets.Take();
        NativeArray<byte> allSlots = slots.Take();
        HeapGraph graph = new(nodeTypes, sizes, firstEdges, allTargets, allSlots, map, heapTypes, new EventRoots(events, modules, map, heapTypes, nodeTypes).All());
        return WhatIsMissing(graph) is { } missing
            ? new HeapGraph(nodeTypes, sizes, firstEdges, allTargets, allSlots, map, heapTypes, graph.Roots) { IncompleteReason = missing }
            : graph;
    }

    public void Dispose()
    {
        order.Dispose();
        firstTargets.Dispose();
    }

    private ulong AddressAt(int index) => events.Addresses.Pointer[order.Pointer[index]];

    private void Sort(int all)
    {
        ulong* addresses = events.Addresses.Pointer;
        List<(ulong Address, int First, int Count)> stretches = [];
        ulong end = 0;
        for (int node = 0; node < all; node++)
        {
            if (node == 0 || addresses[node] < end || addresses[node] - end > NewStretch)
            {
                stretches.Add((addresses[node], node, 0));
            }

            end = addresses[node] + (events.Sizes.Pointer[node] * 8UL);
            stretches[^1] = stretches[^1] with { Count = stretches[^1].Count + 1 };
        }

        stretches.Sort();
        int at = 0;
        bool isOrdered = true;
        foreach ((ulong _, int first, int length) in stretches)
        {
            isOrdered &= at == 0 || addresses[order.Pointer[at - 1]] < addresses[first];
            for (int node = first; node < first + length; node++)
            {
                order.Pointer[at++] = node;
            }
        }

        if (!isOrdered)
        {
            order.AsSpan(0, all).Sort((left, right) => addresses[left].CompareTo(addresses[right]));
        }
    }

    /// <summary>Leaves out what cannot be an object, and counts it: one inside of another, one that is not aligned.</summary>
    private int KeepPossible(int all)
    {
        int kept = 0;
        ulong end = 0;
        for (int index = 0; index < all; index++)
        {
            int node = order.Pointer[index];
            ulong address = events.Addresses.Pointer[node];
            if (address < end || address % 8 != 0 || address >= ObjectAddresses.EndOfUserAddresses)
            {
                impossible++;
                continue;
            }

            end = address + (Math.Max(1, events.Sizes.Pointer[node]) * 8UL);
            order.Pointer[kept++] = node;
        }

        return kept;
    }

    private void AddEdges(int node, AddressMap map, byte slot, GrowingArray<int> targets, GrowingArray<byte> slots)
    {
        // Where events were lost, the targets that came may belong to other objects: they end with those that are there.
        long end = Math.Min(firstTargets.Pointer[node + 1L], events.Targets.Count);
        for (long target = firstTargets.Pointer[node]; target < end; target++)
        {
            if (map.TryFind(events.Targets.Pointer[target], out NodeIndex found))
            {
                targets.Add(found.Value);
                slots.Add(slot);
            }
            else
            {
                dangling++;
            }
        }
    }

    private string? WhatIsMissing(HeapGraph graph)
    {
        (long referring, long unreached) = Referring(graph);
        return EventLosses.Describe(new EventLosses
        {
            EventsLost = eventsLost,
            Buffer = buffer,
            WalkEventsLost = events.LostEvents,
            HasEnd = events.HasEnd,
            Objects = events.Addresses.Count,
            ImpossibleObjects = impossible,
            AnnouncedReferences = events.AnnouncedEdges,
            References = events.Targets.Count,
            DanglingReferences = dangling,
            UndescribedTypes = types.Undescribed,
            Roots = graph.Roots.Length,
            Referring = referring,
            UnreachedReferring = unreached,
        });
    }

    /// <summary>How many objects refer to others, and how many of these no root reaches.</summary>
    private (long All, long Unreached) Referring(HeapGraph graph)
    {
        Reachability reached = Reachability.From(graph, cancellation);
        long all = 0;
        long unreached = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (!graph.TargetsOf(new NodeIndex(node)).IsEmpty)
            {
                all++;
                unreached += reached.Nodes.Contains(new NodeIndex(node)) ? 0 : 1;
            }
        }

        return (all, unreached);
    }

    private void CheckCancelled(int node)
    {
        const int NodesBetweenChecks = 1 << 16;
        if (node % NodesBetweenChecks == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
