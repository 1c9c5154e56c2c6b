using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Limpet.Capture.Native;

namespace Limpet.Capture.EventPipe;

/// <summary>
/// Takes in the events of a heap walk as they come: 20 bytes an object and 8 a reference, without a bound on their number. What is lost shows in the
/// numbers of the events, and in references that are announced and do not come. Layouts of the events: the runtime's manifest <c>ClrEtwAll.man</c>.
/// Events may come on another thread until this is disposed, and also afterwards: then they are dropped.
/// </summary>
internal sealed unsafe class HeapEvents : IDisposable
{
    private const int NodeBytes = 32;
    private const int EdgeBytes = 12;
    private const int RootBytes = 21;
    private const int DependentBytes = 24;
    private const ulong MostObjectBytes = 1UL << 38;
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, int> typeIndexes = [];
    private EventSequence nodeEvents;
    private EventSequence edgeEvents;
    private EventSequence rootEvents;
    private EventSequence dependentEvents;
    private (ulong Id, uint Index) lastType = (ulong.MaxValue, 0);
    private uint collection;
    private bool isOver;
    private bool hasOther;
    private bool isDisposed;

    /// <summary>Address of each object.</summary>
    public GrowingArray<ulong> Addresses { get; } = new();

    /// <summary>Size of each object in units of 8 bytes.</summary>
    public GrowingArray<uint> Sizes { get; } = new();

    /// <summary>Index of the type of each object in <see cref="TypeIds"/>.</summary>
    public GrowingArray<uint> NodeTypes { get; } = new();

    /// <summary>Number of references of each object.</summary>
    public GrowingArray<uint> EdgeCounts { get; } = new();

    /// <summary>Addresses that the objects refer to, object after object.</summary>
    public GrowingArray<ulong> Targets { get; } = new();

    /// <summary>The types that objects have, in the order of their coming.</summary>
    public List<ulong> TypeIds { get; } = [];

    /// <summary>The types that were described.</summary>
    public Dictionary<ulong, EventType> Types { get; } = [];

    /// <summary>The roots.</summary>
    public List<EventRoot> Roots { get; } = [];

    /// <summary>Keys and values of dependent handles.</summary>
    public List<(ulong Key, ulong Value)> Dependents { get; } = [];

    /// <summary>Static fields. They are read after the walk; objects that were moved in between are not found.</summary>
    public List<EventStatic> Statics { get; } = [];

    /// <summary>References that the objects announced.</summary>
    public long AnnouncedEdges { get; private set; }

    /// <summary>Events of the walk that did not come, by their numbers.</summary>
    public long LostEvents => nodeEvents.Lost + edgeEvents.Lost + rootEvents.Lost + dependentEvents.Lost;

    /// <summary>Whether the collection ended that the walk belongs to.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>Whether there was another collection between the walk and the last static field: objects may have been moved, and the fields are not taken for roots.</summary>
    public bool MovedBeforeStatics { get; private set; }

    /// <summary>A collection begins.</summary>
    public void BeginCollection(uint number)
    {
        hasOther |= HasEnd;
        collection = HasEnd ? collection : number;
    }

    /// <summary>A collection is over.</summary>
    public void EndCollection(uint number) => HasEnd |= number == collection && Addresses.Count > 0;

    /// <summary>Descriptions of types.</summary>
    public void AddTypes(ReadOnlySpan<byte> bytes)
    {
        const int LeastBytes = 31;
        using Lock.Scope held = gate.EnterScope();
        EventPayload payload = new(bytes);
        uint stated = payload.ReadUInt32();
        payload.Skip(sizeof(ushort));
        int count = payload.Require(stated, LeastBytes);
        for (int index = 0; index < count; index++)
        {
            ulong id = payload.ReadUInt64();
            ulong module = payload.ReadUInt64();
            uint token = payload.ReadUInt32();
            EventTypeFlags flags = (EventTypeFlags)payload.ReadUInt32();
            payload.Skip(sizeof(byte));
            string name = payload.ReadText();
            var parameters = ImmutableArray.CreateBuilder<ulong>(payload.ReadCount(sizeof(ulong)));
            while (parameters.Count < parameters.Capacity)
            {
                parameters.Add(payload.ReadUInt64());
            }

            Types[id] = new EventType(name, flags, module, token, parameters.MoveToImmutable());
        }
    }

    /// <summary>Objects.</summary>
    public void AddNodes(ReadOnlySpan<byte> bytes)
    {
        using Lock.Scope held = gate.EnterScope();
        if (!Begin(bytes, ref nodeEvents, NodeBytes, out int count, out EventPayload payload))
        {
            return;
        }

        ulong* addresses = Addresses.Extend(count);
        uint* sizes = Sizes.Extend(count);
        uint* types = NodeTypes.Extend(count);
        uint* edges = EdgeCounts.Extend(count);
        for (int index = 0; index < count; index++)
        {
            addresses[index] = payload.ReadUInt64();
            ulong size = payload.ReadUInt64();
            sizes[index] = size <= MostObjectBytes ? (uint)((size + 7) / 8) : throw new InvalidDataException($"an object of {size} bytes");
            types[index] = IndexOf(payload.ReadUInt64());
            ulong edgeCount = payload.ReadUInt64();
            edges[index] = edgeCount <= int.MaxValue ? (uint)edgeCount : throw new InvalidDataException($"an object with {edgeCount} references");
            AnnouncedEdges += (long)edgeCount;
        }
    }

    /// <summary>References.</summary>
    public void AddEdges(ReadOnlySpan<byte> bytes)
    {
        using Lock.Scope held = gate.EnterScope();
        if (!Begin(bytes, ref edgeEvents, EdgeBytes, out int count, out EventPayload payload))
        {
            return;
        }

        ulong* targets = Targets.Extend(count);
        for (int index = 0; index < count; index++)
        {
            targets[index] = payload.ReadUInt64();
            payload.Skip(sizeof(uint)); // the field, which the runtime always leaves 0
        }
    }

    /// <summary>Roots.</summary>
    public void AddRoots(ReadOnlySpan<byte> bytes)
    {
        using Lock.Scope held = gate.EnterScope();
        if (!Begin(bytes, ref rootEvents, RootBytes, out int count, out EventPayload payload))
        {
            return;
        }

        for (int index = 0; index < count; index++)
        {
            ulong address = payload.ReadUInt64();
            EventRootKind kind = (EventRootKind)payload.ReadByte();
            EventRootFlags flags = (EventRootFlags)payload.ReadUInt32();
            payload.Skip(sizeof(ulong));
            Roots.Add(new EventRoot(address, kind, flags));
        }
    }

    /// <summary>Dependent handles.</summary>
    public void AddDependents(ReadOnlySpan<byte> bytes)
    {
        using Lock.Scope held = gate.EnterScope();
        if (!Begin(bytes, ref dependentEvents, DependentBytes, out int count, out EventPayload payload))
        {
            return;
        }

        for (int index = 0; index < count; index++)
        {
            ulong key = payload.ReadUInt64();
            Dependents.Add((key, payload.ReadUInt64()));
            payload.Skip(sizeof(ulong));
        }
    }

    /// <summary>Static fields.</summary>
    public void AddStatics(ReadOnlySpan<byte> bytes)
    {
        const int LeastBytes = 30;
        using Lock.Scope held = gate.EnterScope();
        MovedBeforeStatics |= hasOther;
        EventPayload payload = new(bytes);
        uint stated = payload.ReadUInt32();
        payload.Skip(sizeof(ulong) + sizeof(ushort));
        int count = payload.Require(stated, LeastBytes);
        for (int index = 0; index < count; index++)
        {
            payload.Skip(sizeof(ulong));
            ulong address = payload.ReadUInt64();
            payload.Skip(sizeof(ulong));
            bool isThreadStatic = (payload.ReadUInt32() & 1) != 0;
            Statics.Add(new EventStatic(address, isThreadStatic, payload.ReadText()));
        }
    }

    public void Dispose()
    {
        using Lock.Scope held = gate.EnterScope();
        isDisposed = true;
        Addresses.Dispose();
        Sizes.Dispose();
        NodeTypes.Dispose();
        EdgeCounts.Dispose();
        Targets.Dispose();
    }

    /// <summary>Reads what all events of a walk begin with. False for one that comes too late, and for one of a second walk, which somebody else asked for: the first one is taken.</summary>
    private bool Begin(ReadOnlySpan<byte> bytes, ref EventSequence sequence, int recordBytes, out int count, out EventPayload payload)
    {
        payload = new EventPayload(bytes);
        uint index = payload.ReadUInt32();
        uint stated = payload.ReadUInt32();
        payload.Skip(sizeof(ushort));
        count = payload.Require(stated, (ulong)recordBytes);
        isOver |= isDisposed || HasEnd || !sequence.Take(index);
        return !isOver;
    }

    private uint IndexOf(ulong type)
    {
        if (type == lastType.Id)
        {
            return lastType.Index;
        }

        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(typeIndexes, type, out bool isKnown);
        if (!isKnown)
        {
            index = TypeIds.Count;
            TypeIds.Add(type);
        }

        lastType = (type, (uint)index);
        return (uint)index;
    }
}
