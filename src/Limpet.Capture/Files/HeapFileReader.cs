using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Heap.Strings;
using Limpet.Results;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Capture.Files;

/// <summary>Reads a heap file. Nothing in it is believed: what is allocated is never more than the file is long, and the graph is checked before it is handed out.</summary>
internal static class HeapFileReader
{
    public static LoadedHeap Read(string path, bool checkAll, CancellationToken cancellation)
    {
        try
        {
            // Before it is opened: opening a pipe would wait for somebody to write into it.
            FileInfo info = new(path);
            if (!info.Exists)
            {
                throw Directory.Exists(path)
                    ? new HeapFileException("it is a folder.", "Name a .limpet file in it.")
                    : new HeapFileException("there is no such file.", "Capture a heap with: limpet snapshot PID -o FILE");
            }

            if (info.Length == 0)
            {
                throw new HeapFileException("it is empty.");
            }

            using SafeFileHandle file = File.OpenHandle(path);
            byte[] page = new byte[HeapFileHeader.PageSize];
            int read = RandomAccess.Read(file, page, 0);
            HeapFileHeader header = HeapFileHeader.Read(page.AsSpan(0, read), RandomAccess.GetLength(file));
            HeapFileSections sections = new(MappedFile.Of(file, path, ""), header, path, cancellation);
            try
            {
                return Read(sections, checkAll, cancellation);
            }
            catch
            {
                sections.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new HeapFileException("the system refuses it.", "Read it as the user who captured it.", exception);
        }
        catch (IOException exception)
        {
            throw new HeapFileException(exception.Message, null, exception);
        }
    }

    private static LoadedHeap Read(HeapFileSections sections, bool checkAll, CancellationToken cancellation)
    {
        HeapFileMetadata metadata = sections.Records(SectionId.Metadata, ReadMetadata);
        ImmutableArray<HeapType> types = sections.Records(SectionId.Types, ReadTypes);
        ImmutableArray<HeapSegment> segments = sections.Records(SectionId.Segments, ReadSegments);
        GraphParts parts = new(sections, types, segments);
        try
        {
            if (checkAll)
            {
                parts.CheckAll(cancellation);
            }

            ImmutableArray<GcRoot> roots = sections.Records(SectionId.Roots, records => ReadRoots(records, parts.NodeCount));
            NodeFacts facts = sections.Records(SectionId.Facts, records => ReadFacts(records, parts.NodeCount));
            ImmutableDictionary<ulong, MethodName> methods = sections.Records(SectionId.Methods, ReadMethods);
            (ImmutableDictionary<string, Version> versions, string? incomplete) = sections.Records(SectionId.Origin, ReadOrigin);
            ImmutableArray<WeakHandle>? weak = sections.Has(SectionId.WeakHandles) ? sections.Records(SectionId.WeakHandles, records => ReadWeakHandles(records, parts.NodeCount)) : null;
            ImmutableDictionary<StringPrint, string>? texts = sections.Has(SectionId.StringTexts) ? sections.Records(SectionId.StringTexts, ReadTexts) : null;
            return new LoadedHeap(parts.ToGraph(roots, facts, methods, versions, texts, weak, incomplete), metadata);
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    private static HeapFileMetadata ReadMetadata(RecordReader records)
    {
        try
        {
            HeapFileMetadata metadata = JsonSerializer.Deserialize<HeapFileMetadata>(records.ReadRest())
                ?? throw new HeapFileException("it was altered: it does not say where it comes from.");
            return metadata with
            {
                ToolVersion = metadata.ToolVersion ?? "",
                RuntimeName = metadata.RuntimeName ?? "",
                CommandLine = metadata.CommandLine.IsDefault ? [] : [.. metadata.CommandLine.Select(word => word ?? "")],
                Warnings = metadata.Warnings.IsDefault ? [] : [.. metadata.Warnings.Select(warning => warning ?? "")],
            };
        }
        catch (JsonException exception)
        {
            throw new HeapFileException("it was altered: what it says about where it comes from is no JSON.", null, exception);
        }
    }

    private static ImmutableArray<HeapType> ReadTypes(RecordReader records)
    {
        const int LeastBytes = 20;
        int count = records.ReadCount(LeastBytes);
        var types = ImmutableArray.CreateBuilder<HeapType>(count);
        for (int index = 0; index < count; index++)
        {
            string name = records.ReadText();
            string? module = records.ReadOptionalText();
            var traits = (TypeTraits)records.ReadInt32();
            ImmutableArray<string> baseTypes = records.ReadTexts();
            ImmutableArray<string> slots = records.ReadTexts();
            types.Add(new HeapType(name, module, traits, slots, baseTypes));
        }

        return types.MoveToImmutable();
    }

    private static ImmutableArray<HeapSegment> ReadSegments(RecordReader records)
    {
        const int BytesEach = 36;
        HeapGeneration[] generations = records.ReadNames<HeapGeneration>();
        int count = records.ReadCount(BytesEach);
        var segments = ImmutableArray.CreateBuilder<HeapSegment>(count);
        for (int index = 0; index < count; index++)
        {
            segments.Add(new HeapSegment(
                records.ReadUInt64(), records.ReadUInt64(), records.ReadIndexOf(generations), records.ReadInt64(), records.ReadInt32(), records.ReadInt32()));
        }

        return segments.MoveToImmutable();
    }

    private static ImmutableArray<GcRoot> ReadRoots(RecordReader records, int nodeCount)
    {
        const int LeastBytes = 16;
        RootKind[] kinds = records.ReadNames<RootKind>();
        int count = records.ReadCount(LeastBytes);
        var roots = ImmutableArray.CreateBuilder<GcRoot>(count);
        for (int index = 0; index < count; index++)
        {
            int target = records.ReadInt32();
            RootKind kind = records.ReadIndexOf(kinds);
            int thread = records.ReadInt32();
            if (target < -1 || target >= nodeCount)
            {
                throw records.Wrong($"root {index} refers to object {target} of {nodeCount}");
            }

            roots.Add(new GcRoot(new NodeIndex(target), kind, records.ReadText()) { ThreadId = thread });
        }

        return roots.MoveToImmutable();
    }

    private static NodeFacts ReadFacts(RecordReader records, int nodeCount)
    {
        const int BytesEach = 12;
        List<(FactKind Kind, NodeIndex Node, ulong Value)> facts = [];
        FactKind[] kinds = records.ReadNames<FactKind>();
        foreach (FactKind kind in kinds)
        {
            int count = records.ReadCount(BytesEach);
            for (int index = 0; index < count; index++)
            {
                int node = records.ReadInt32();
                if ((uint)node >= (uint)nodeCount)
                {
                    throw records.Wrong($"a {kind} is about object {node} of {nodeCount}");
                }

                facts.Add((kind, new NodeIndex(node), records.ReadUInt64()));
            }
        }

        return new NodeFacts(facts, kinds);
    }

    private static ImmutableDictionary<ulong, MethodName> ReadMethods(RecordReader records)
    {
        const int LeastBytes = 24;
        int count = records.ReadCount(LeastBytes);
        var methods = ImmutableDictionary.CreateBuilder<ulong, MethodName>();
        for (int index = 0; index < count; index++)
        {
            ulong code = records.ReadUInt64();
            string type = records.ReadText();
            string name = records.ReadText();
            string? source = records.ReadOptionalText();
            int line = records.ReadInt32();
            methods[code] = new MethodName(type, name, source is null ? null : new SourceLine(source, line));
        }

        return methods.ToImmutable();
    }

    private static ImmutableArray<WeakHandle> ReadWeakHandles(RecordReader records, int nodeCount)
    {
        const int BytesEach = 8;
        int count = records.ReadCount(BytesEach);
        var handles = ImmutableArray.CreateBuilder<WeakHandle>(count);
        for (int index = 0; index < count; index++)
        {
            int node = records.ReadInt32();
            int isLong = records.ReadInt32();
            if ((uint)node >= (uint)nodeCount || isLong is not (0 or 1))
            {
                throw records.Wrong($"weak handle {index} of kind {isLong} looks at object {node} of {nodeCount}");
            }

            handles.Add(new WeakHandle(new NodeIndex(node), isLong == 1));
        }

        return handles.MoveToImmutable();
    }

    private static ImmutableDictionary<StringPrint, string> ReadTexts(RecordReader records)
    {
        const int LeastBytes = 16;
        int count = records.ReadCount(LeastBytes);
        var texts = ImmutableDictionary.CreateBuilder<StringPrint, string>();
        for (int index = 0; index < count; index++)
        {
            texts[new StringPrint(records.ReadInt32(), records.ReadUInt64())] = records.ReadText();
        }

        return texts.ToImmutable();
    }

    private static (ImmutableDictionary<string, Version> Versions, string? IncompleteReason) ReadOrigin(RecordReader records)
    {
        const int LeastBytes = 8;
        int count = records.ReadCount(LeastBytes);
        var versions = ImmutableDictionary.CreateBuilder<string, Version>(StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < count; index++)
        {
            string module = records.ReadText();
            string text = records.ReadText();
            versions[module] = Version.TryParse(text, out Version? version)
                ? version
                : throw new HeapFileException($"the version of module {index} is no version.");
        }

        return (versions.ToImmutable(), records.ReadOptionalText());
    }
}
