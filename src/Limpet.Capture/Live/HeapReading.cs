using System.Collections.Immutable;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Reads a heap through a runtime's view and the memory behind it: what a running process and a dump of one have in common. The steps
/// are in the order of a capture: <see cref="Prepare"/>, <see cref="Read"/> while nothing changes, <see cref="Complete"/>,
/// <see cref="Build"/>.
/// </summary>
internal sealed class HeapReading : IDisposable
{
    private readonly LayoutTable layouts;
    private readonly RuntimeView view;
    private readonly HandleTables handles;
    private readonly TargetMemory memory;
    private readonly StringReading strings;
    private StringTexts? texts;
    private DateTime? readAt;

    /// <summary>Makes ready to read; the runtime has started.</summary>
    public HeapReading(TargetMemory memory, RuntimeView view, StringReading strings)
    {
        this.memory = memory;
        this.strings = strings;
        this.view = view;
        handles = new HandleTables(memory);
        ClrRuntime runtime = view.Runtime;
        layouts = new LayoutTable(memory)
        {
            WellKnown = new WellKnownTypes(
                runtime.Heap.FreeType.MethodTable,
                runtime.Heap.StringType.MethodTable,
                RuntimeVersion.IsNet8(runtime.ClrInfo) ? 0x10000000u : 0x00200000u),
        };
        Names = new TargetNames(memory, layouts, view);
        Decoder = new HeapDecoder(memory, layouts, strings);
    }

    public HeapDecoder Decoder { get; }

    public TargetNames Names { get; }

    /// <summary>Everything outside the heap that keeps objects alive, as the last reading found it.</summary>
    public RootSet Roots { get; private set; } = new();

    /// <summary>Parts of the heap that could not be decoded in the last reading.</summary>
    public IReadOnlyList<SegmentPlan> Broken => [.. Decoder.Segments.Where(segment => segment.BrokenAt != 0)];

    /// <summary>Bytes that could not be decoded in the last reading.</summary>
    public ByteSize Unread => new((long)Broken.Aggregate(0UL, (sum, segment) => sum + segment.End - segment.BrokenAt));

    /// <summary>Names what is known of before the heap is read.</summary>
    public void Prepare(CancellationToken cancellation) => Names.Prepare(cancellation);

    /// <summary>Decodes the heap and reads the roots. Nothing may change meanwhile.</summary>
    public void Read(ClrRuntime runtime, CancellationToken cancellation)
    {
        readAt = view.ProcessId is null ? null : DateTime.UtcNow;
        Decoder.Prepare(HeapDecoder.PlanSegments(runtime.Heap));
        RootSet found = Roots;
        Decoder.Run(() => found = RootSet.Read(runtime, view.ProcessId is null ? view : null, handles, cancellation));
        Roots = found;
    }

    /// <summary>Reads what belongs to a heap that was decoded: statics, the loaders of types, texts where they are asked for. Nothing may change meanwhile.</summary>
    public void ReadBesides(ClrRuntime runtime, CancellationToken cancellation)
    {
        Names.ReadStopped(runtime, Roots);
        LinkToLoaders(runtime);
        texts = strings == StringReading.Texts ? StringTexts.Read(memory, Decoder.Workers, cancellation) : null;
    }

    /// <summary>Names the types that the reading met; whether some of them carry facts that were not read, so that it must be done again.</summary>
    public bool Complete(CancellationToken cancellation) => Names.Complete(cancellation);

    /// <summary>Names the static fields that the reading met, so that their values can be read. Where nothing changes it may be done before <see cref="Build"/>.</summary>
    public void NameStatics(CancellationToken cancellation) =>
        Names.LookUpStatics([.. Decoder.Segments.Select(segment => (segment.Start, segment.End))], cancellation);

    /// <summary>Links and names everything that was read.</summary>
    /// <param name="whatIsMissing">Asked when everything is named: why the graph is not whole; null when it is.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    public HeapGraph Build(Func<string?> whatIsMissing, CancellationToken cancellation)
    {
        var builder = new GraphBuilder(Decoder);
        var linking = Task.Run(() => builder.Link(Roots.Dependent), CancellationToken.None);
        ImmutableDictionary<ulong, MethodName> methods;
        try
        {
            NameStatics(cancellation);
            Names.LookUpFrames(Roots);
            methods = Names.LookUpCode(
                Decoder.Workers.SelectMany(worker => worker.Facts).Where(fact => fact.Kind == FactKind.DelegateCode).Select(fact => fact.Value));
        }
        finally
        {
            linking.Wait(CancellationToken.None);
        }

        string? missing = whatIsMissing();
        ImmutableArray<HeapType> types = Names.Types();
        bool hasStrings = strings != StringReading.None && StringsAreNamed(types);
        return builder.Build(readAt, types, Names.Roots(builder.Addresses, builder.SizeOf, Roots), Roots.WeakHandles(builder.Addresses), hasStrings, texts?.Redacted(), CollectFacts(builder), methods, Names.Versions(), missing);
    }

    public void Dispose()
    {
        Decoder.Dispose();
        Names.Dispose();
    }

    /// <summary>Whether the type whose texts were hashed is the one that the graph calls a string: the hashes go by its objects.</summary>
    private bool StringsAreNamed(ImmutableArray<HeapType> types) =>
        !types.Where((type, ordinal) => type.IsString != ((layouts.Layouts[ordinal].Flags & LayoutFlags.String) != 0)).Any();

    /// <summary>Links objects of types that can be unloaded to what keeps those loaded.</summary>
    private unsafe void LinkToLoaders(ClrRuntime runtime)
    {
        var allocators = Names.Collectible().ToDictionary(ordinal => ordinal, ordinal => RuntimeAttachment.LoaderAllocator(runtime, layouts.Layouts[ordinal].MethodTable));
        foreach (DecodeWorker worker in Decoder.Workers)
        {
            foreach ((long edge, int layout) in worker.LoaderAllocatorEdges)
            {
                // Without an allocator the edge stays one from the object to itself, which reaches nothing new.
                if (BlockTable.TryGranule(Decoder.Blocks.Table, allocators[layout], out uint granule))
                {
                    worker.Arenas.Targets[edge] = granule;
                }
            }
        }
    }

    /// <summary>The facts of objects whose types turned out to carry them: the decoder goes by base types and may have read too many.</summary>
    private NodeFacts CollectFacts(GraphBuilder builder) => new(
        Decoder.Workers.SelectMany((worker, index) => worker.Facts
            .Select(fact => (fact.Kind, Node: builder.NodeOf(index, fact.LocalNode), fact.Value))
            .Where(fact => (layouts.Layouts[builder.TypeOf(fact.Node)].Flags & LayoutFlags.HasFacts) != 0)
            .Select(fact => (fact.Kind, new NodeIndex(fact.Node), fact.Value))));
}
