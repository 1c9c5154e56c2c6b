using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Heap.Strings;
using Limpet.Results;

namespace Limpet.Capture.Files;

/// <summary>Writes a heap file section by section: the arrays as they lie in memory, and the header last.</summary>
internal sealed unsafe class HeapFileWriter
{
    private const int ChunkBytes = 8 << 20;
    private static readonly byte[] Padding = new byte[HeapFileHeader.PageSize];
    private readonly FileStream file;
    private readonly CancellationToken cancellation;
    private readonly ImmutableArray<SectionEntry>.Builder sections = ImmutableArray.CreateBuilder<SectionEntry>();
    private uint state;

    private HeapFileWriter(FileStream file, CancellationToken cancellation)
    {
        this.file = file;
        this.cancellation = cancellation;
    }

    public static ByteSize Write(
        FileStream file, HeapGraph graph, HeapFileMetadata metadata, ICodeFacts? code, CancellationToken cancellation)
    {
        HeapFileWriter writer = new(file, cancellation);
        file.Write(Padding);
        writer.WriteAll(graph, metadata, code);
        long length = file.Position;
        byte[] page = new byte[HeapFileHeader.PageSize];
        new HeapFileHeader(length, writer.sections.ToImmutable()).Write(page);
        file.Position = 0;
        file.Write(page);
        GC.KeepAlive(graph);
        return new ByteSize(length);
    }

    private void WriteAll(HeapGraph graph, HeapFileMetadata metadata, ICodeFacts? code)
    {
        Section(SectionId.Metadata, () => Append(JsonSerializer.SerializeToUtf8Bytes(metadata)));
        Records(SectionId.Types, records => WriteTypes(records, graph));
        Records(SectionId.Segments, records => WriteSegments(records, graph));
        Array(SectionId.NodeTypes, graph.TypeIds, graph.NodeCount);
        Array(SectionId.NodeSizes, graph.SizesInWords, graph.NodeCount);
        Array(SectionId.FirstEdges, graph.FirstEdges, graph.NodeCount + 1L);
        Array(SectionId.EdgeTargets, graph.Targets, graph.EdgeCount);
        Array(SectionId.EdgeSlots, graph.Slots, graph.EdgeCount);
        Array(SectionId.AddressBits, graph.Addresses.Words, graph.Addresses.WordCount);
        Records(SectionId.Roots, records => WriteRoots(records, graph));
        Records(SectionId.Facts, records => WriteFacts(records, graph));
        Records(SectionId.Methods, records => WriteMethods(records, graph, code));
        Records(SectionId.Origin, records => WriteOrigin(records, graph));
        if (graph.Strings is { } strings)
        {
            Array(SectionId.StringLengths, strings.Lengths, strings.Count);
            Array(SectionId.StringHashes, strings.Hashes, strings.Count);
            if (strings.Texts is { } texts)
            {
                Records(SectionId.StringTexts, records => WriteTexts(records, texts));
            }
        }

        if (graph.WeakHandles is { } weak)
        {
            Records(SectionId.WeakHandles, records => WriteWeakHandles(records, weak));
        }
    }

    private static void WriteTypes(RecordWriter records, HeapGraph graph)
    {
        records.Write(graph.Types.Length);
        foreach (HeapType type in graph.Types)
        {
            records.Write(type.Name);
            records.WriteOptional(type.Module);
            records.Write((int)type.Traits);
            records.Write(type.BaseTypes);
            records.Write(type.SlotNames);
        }
    }

    private static void WriteSegments(RecordWriter records, HeapGraph graph)
    {
        records.WriteNames<HeapGeneration>();
        records.Write(graph.Addresses.Segments.Length);
        foreach (HeapSegment segment in graph.Addresses.Segments)
        {
            records.Write(segment.Start);
            records.Write(segment.End);
            records.Write((int)segment.Generation);
            records.Write(segment.FirstGranule);
            records.Write(segment.FirstNode);
            records.Write(segment.NodeCount);
        }
    }

    private static void WriteRoots(RecordWriter records, HeapGraph graph)
    {
        records.WriteNames<RootKind>();
        records.Write(graph.Roots.Length);
        foreach (GcRoot root in graph.Roots)
        {
            records.Write(root.Target.Value);
            records.Write((int)root.Kind);
            records.Write(root.ThreadId);
            records.Write(root.Name);
        }
    }

    private static void WriteFacts(RecordWriter records, HeapGraph graph)
    {
        // Kinds that the source does not tell are not named: a reader would take them for told and none.
        FactKind[] kinds = [.. Enum.GetValues<FactKind>().Where(graph.Facts.Tells).Order()];
        records.Write([.. kinds.Select(kind => kind.ToString())]);
        foreach (FactKind kind in kinds)
        {
            records.Write(graph.Facts.Of(kind).Count());
            foreach ((NodeIndex node, ulong value) in graph.Facts.Of(kind))
            {
                records.Write(node.Value);
                records.Write(value);
            }
        }
    }

    private static void WriteMethods(RecordWriter records, HeapGraph graph, ICodeFacts? code)
    {
        records.Write(graph.Methods.Count);
        foreach ((ulong pointer, MethodName method) in graph.Methods.OrderBy(method => method.Key))
        {
            SourceLine? source = method.Source ?? code?.LineOf(method);
            records.Write(pointer);
            records.Write(method.Type);
            records.Write(method.Name);
            records.WriteOptional(source?.File);
            records.Write(source?.Line ?? 0);
        }
    }

    private static void WriteOrigin(RecordWriter records, HeapGraph graph)
    {
        records.Write(graph.ModuleVersions.Count);
        foreach ((string module, Version version) in graph.ModuleVersions.OrderBy(module => module.Key, StringComparer.Ordinal))
        {
            records.Write(module);
            records.Write(version.ToString());
        }

        records.WriteOptional(graph.IncompleteReason);
    }

    private static void WriteWeakHandles(RecordWriter records, ImmutableArray<WeakHandle> handles)
    {
        records.Write(handles.Length);
        foreach (WeakHandle handle in handles)
        {
            records.Write(handle.Target.Value);
            records.Write(handle.IsLong ? 1 : 0);
        }
    }

    private static void WriteTexts(RecordWriter records, ImmutableDictionary<StringPrint, string> texts)
    {
        records.Write(texts.Count);
        foreach ((StringPrint print, string text) in texts.OrderBy(text => text.Key.Hash).ThenBy(text => text.Key.Length))
        {
            records.Write(print.Length);
            records.Write(print.Hash);
            records.Write(text);
        }
    }

    private void Records(SectionId id, Action<RecordWriter> write) => Section(id, () =>
    {
        RecordWriter records = new(Append);
        write(records);
        records.Flush();
    });

    private void Array<T>(SectionId id, T* first, long count)
        where T : unmanaged => Section(id, () =>
    {
        long bytes = count * sizeof(T);
        for (long done = 0; done < bytes; done += ChunkBytes)
        {
            Append(new ReadOnlySpan<byte>((byte*)first + done, (int)Math.Min(ChunkBytes, bytes - done)));
        }
    });

    private void Section(SectionId id, Action write)
    {
        state = Crc32C.Start;
        long offset = file.Position;
        write();
        long length = file.Position - offset;
        sections.Add(new SectionEntry(id, ~state, offset, length));
        int rest = (int)(length % HeapFileHeader.PageSize);
        if (rest > 0)
        {
            file.Write(Padding, 0, HeapFileHeader.PageSize - rest);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        cancellation.ThrowIfCancellationRequested();
        state = Crc32C.Append(state, bytes);
        file.Write(bytes);
    }
}
