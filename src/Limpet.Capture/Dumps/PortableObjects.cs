using System.Collections.Immutable;
using Limpet.Capture.Live;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>
/// The objects of a heap with their references, as the debugging library enumerates them, in the order of their addresses. O(objects + references), each asked of the
/// library. 16 bytes an object and 9 a reference beside the graph.
/// </summary>
internal sealed unsafe class PortableObjects(ClrRuntime runtime, CancellationToken cancellation) : IDisposable
{
    private const int ObjectsBetweenChecks = 1 << 14;
    private const ulong SmallestObject = 24;
    private readonly GrowingArray<ulong> addresses = new();
    private readonly GrowingArray<uint> sizes = new();
    private readonly GrowingArray<uint> types = new();
    private readonly GrowingArray<int> edgeCounts = new();
    private readonly GrowingArray<ulong> targets = new();
    private readonly GrowingArray<byte> slots = new();
    private readonly Dictionary<ulong, PortableType> byMethodTable = [];
    private readonly List<PortableType> known = [];
    private readonly ImmutableArray<HeapSegment>.Builder segments = ImmutableArray.CreateBuilder<HeapSegment>();
    private long granules;

    public IReadOnlyList<PortableType> Types => known;

    /// <summary>Segments that could not be read to their end.</summary>
    public int Broken { get; private set; }

    /// <summary>What of them was not read.</summary>
    public ByteSize Unread { get; private set; }

    /// <summary>References to what is no object.</summary>
    public long Lost { get; private set; }

    /// <summary>How many segments are listed.</summary>
    public int Segments => segments.Count;

    public int Count => checked((int)addresses.Count);

    /// <summary>Enumerates everything, once.</summary>
    public void Read()
    {
        foreach (SegmentPlan plan in HeapDecoder.PlanSegments(runtime.Heap).OrderBy(plan => plan.Start))
        {
            int first = Count;
            ulong end = Read(plan);
            if (end < plan.End)
            {
                Broken++;
                Unread = new ByteSize(Unread.Bytes + (long)(plan.End - end));
            }

            segments.Add(new HeapSegment(plan.Start, plan.End, plan.Generation, granules, first, Count - first));
            granules += ObjectAddresses.GranulesOf(plan.Start, plan.End);
        }
    }

    /// <summary>Where the objects lie.</summary>
    public AddressMap Map() => ObjectAddresses.Map(segments.ToImmutable(), node => addresses.Pointer[node]);

    /// <summary>Size of one in bytes.</summary>
    public long SizeOf(NodeIndex node) => sizes.Pointer[node.Value] * 8L;

    /// <summary>Links the objects, and gives them away.</summary>
    /// <param name="map">Where they lie.</param>
    /// <param name="dependent">Keys and values of dependent handles.</param>
    /// <param name="describe">Makes the graph of types, sizes, first edges, targets and slots.</param>
    public HeapGraph Link(
        AddressMap map,
        IEnumerable<(ulong Key, ulong Value)> dependent,
        Func<NativeArray<uint>, NativeArray<uint>, NativeArray<uint>, NativeArray<int>, NativeArray<byte>, HeapGraph> describe)
    {
        Dictionary<int, List<int>> dependents = DependentEdges.ByKey(dependent, map);
        NativeArray<uint> firstEdges = new(Count + 1L);
        GrowingArray<int> nodes = new();
        GrowingArray<byte> labels = new();
        long edge = 0;
        for (int node = 0; node < Count; node++)
        {
            firstEdges.Pointer[node] = checked((uint)nodes.Count);
            for (long end = edge + edgeCounts.Pointer[node]; edge < end; edge++)
            {
                if (map.TryFind(targets.Pointer[edge], out NodeIndex target))
                {
                    nodes.Add(target.Value);
                    labels.Add(slots.Pointer[edge]);
                }
                else
                {
                    Lost++;
                }
            }

            foreach (int value in dependents.GetValueOrDefault(node) ?? [])
            {
                nodes.Add(value);
                labels.Add(EdgeSlot.DependentHandle);
            }
        }

        firstEdges.Pointer[Count] = checked((uint)nodes.Count);
        return describe(types.Take(), sizes.Take(), firstEdges, nodes.Take(), labels.Take());
    }

    public void Dispose()
    {
        addresses.Dispose();
        sizes.Dispose();
        types.Dispose();
        edgeCounts.Dispose();
        targets.Dispose();
        slots.Dispose();
    }

    /// <summary>Reads a segment; returns where it came to.</summary>
    private ulong Read(SegmentPlan plan)
    {
        ulong end = plan.Start;
        foreach (ClrObject obj in runtime.Heap.GetSegmentByAddress(plan.Start)!.EnumerateObjects())
        {
            if (Count % ObjectsBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (obj.Type is not { } type || obj.Address < end || obj.Address >= plan.End)
            {
                break;
            }

            uint words = checked((uint)((obj.Size + 7) / 8));
            end = obj.Address + (words * 8UL);
            if (!obj.IsFree)
            {
                Add(obj, TypeOf(type), words);
            }
        }

        foreach ((ulong start, ulong stop) in plan.Gaps)
        {
            // Behind what a thread may fill the smallest object's worth of memory belongs to nobody.
            end = start <= end && end < stop + SmallestObject ? stop + SmallestObject : end;
        }

        return end;
    }

    private void Add(ClrObject obj, PortableType type, uint words)
    {
        addresses.Add(obj.Address);
        sizes.Add(words);
        types.Add((uint)type.Index);
        long before = targets.Count;
        if (type.Type.ContainsPointers)
        {
            foreach (ClrReference reference in obj.EnumerateReferencesWithFields(carefully: false, considerDependantHandles: false))
            {
                Add(reference.Object.Address, type.SlotAt(reference.Offset));
            }
        }

        Add(type.LoaderAllocator, EdgeSlot.LoaderAllocator);
        edgeCounts.Add(checked((int)(targets.Count - before)));
    }

    private void Add(ulong target, byte slot)
    {
        if (target != 0)
        {
            targets.Add(target);
            slots.Add(slot);
        }
    }

    private PortableType TypeOf(ClrType type)
    {
        if (!byMethodTable.TryGetValue(type.MethodTable, out PortableType? found))
        {
            found = new PortableType(runtime, type, known.Count);
            byMethodTable.Add(type.MethodTable, found);
            known.Add(found);
        }

        return found;
    }
}
