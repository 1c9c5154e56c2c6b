using System.Collections.Immutable;
using Limpet.Capture.Native;

namespace Limpet.Capture.GcDumps;

/// <summary>Where the parts of a <c>.gcdump</c> lie in the file as it is mapped, and what else it says.</summary>
internal sealed unsafe class GcDumpContent
{
    public const string EntryType = "GCHeapDump";
    public const string GraphType = "Graphs.MemoryGraph";
    private const int FirstTaggedVersion = 9;

    public required ImmutableArray<GcDumpType> Types { get; init; }

    public required int NodeCount { get; init; }

    public required int RootIndex { get; init; }

    public required long TotalBytes { get; init; }

    /// <summary>Where each node begins in <see cref="Blob"/>, 4 bytes a node.</summary>
    public required byte* Labels { get; init; }

    public required byte* Blob { get; init; }

    public required int BlobBytes { get; init; }

    /// <summary>The address of each node, 8 bytes a node.</summary>
    public required byte* Addresses { get; init; }

    public int ProcessId { get; private set; }

    public string ProcessName { get; private set; } = "";

    public string Tool { get; private set; } = "";

    /// <summary>How many objects each one stands for, where the file holds a sample.</summary>
    public float CountMultiplier { get; private set; } = 1;

    /// <summary>Reads the frame of the file; nodes are not looked at.</summary>
    public static GcDumpContent Read(MappedFile file)
    {
        FastReader reader = new(file);
        if (!file.Slice(0, (ulong)FastReader.Signature.Length).SequenceEqual(FastReader.Signature))
        {
            throw file.Unreadable("it is no .gcdump file.");
        }

        reader.Position = FastReader.Signature.Length;
        FastType entry = Begin(reader, EntryType);
        FastType graph = Begin(reader, GraphType);
        GcDumpContent content = ReadGraph(reader, file, graph);
        if (entry.Version >= FirstTaggedVersion)
        {
            content.ReadRest(reader);
        }

        return content;
    }

    private static FastType Begin(FastReader reader, string name)
    {
        FastType? type = reader.BeginObject();
        return type?.Name == name ? type : throw reader.Wrong($"it begins with '{Limpet.Text.Escaping.Show(type?.Name ?? "nothing", 40)}' where a {name} must stand");
    }

    private static GcDumpContent ReadGraph(FastReader reader, MappedFile file, FastType graph)
    {
        const int LeastTypeBytes = 12;
        if (graph.LeastReader > 0)
        {
            throw file.Unreadable("its types are named by numbers that only their program database could resolve.", "Capture it again with limpet snapshot or dotnet-gcdump.");
        }

        long totalBytes = reader.ReadInt64();
        int root = reader.ReadInt32();
        int typeCount = reader.ReadCount(LeastTypeBytes);
        var types = ImmutableArray.CreateBuilder<GcDumpType>(typeCount);
        for (int index = 0; index < typeCount; index++)
        {
            string? name = reader.ReadText();
            int size = reader.ReadInt32();
            types.Add(new GcDumpType(name ?? "(type without a name)", size, reader.ReadText()));
        }

        int nodes = reader.ReadCount(sizeof(int));
        byte* labels = reader.Skip(nodes * 4L);
        int blobBytes = reader.ReadCount(1);
        byte* blob = reader.Skip(blobBytes);
        int addresses = reader.ReadCount(sizeof(long));
        byte* addressBytes = reader.Skip(addresses * 8L);
        if (addresses != nodes || root < 0 || root >= nodes)
        {
            throw reader.Wrong($"{nodes} objects have {addresses} addresses and the root {root}");
        }

        SkipTagged(reader);
        return new GcDumpContent
        {
            Types = types.MoveToImmutable(),
            NodeCount = nodes,
            RootIndex = root,
            TotalBytes = totalBytes,
            Labels = labels,
            Blob = blob,
            BlobBytes = blobBytes,
            Addresses = addressBytes,
        };
    }

    /// <summary>Whether the process had 64 bits: nothing here depends on it.</summary>
    private static void SkipTagged(FastReader reader)
    {
        while ((FastTag)reader.ReadByte() is var tag and not FastTag.EndObject)
        {
            if (tag != FastTag.Byte)
            {
                throw reader.Wrong($"an object should end at byte {reader.Position - 1}");
            }

            reader.ReadByte();
        }
    }

    /// <summary>Which process it was. PerfView's own files have statistics of the heap before that: those are not read, nor what follows.</summary>
    private void ReadRest(FastReader reader)
    {
        reader.ReadByte();
        CountMultiplier = reader.ReadSingle();
        reader.ReadSingle();
        for (int statistics = 0; statistics < 2; statistics++)
        {
            if (reader.BeginObject() is not null)
            {
                return;
            }
        }

        reader.ReadText();
        reader.ReadInt64();
        reader.ReadText();
        ProcessName = reader.ReadText() ?? "";
        ProcessId = reader.ReadInt32();
        reader.Skip(2 * sizeof(long));
        reader.Skip(reader.ReadCount(sizeof(float)) * (long)sizeof(float));
        FastTag tag = (FastTag)reader.ReadByte();
        if (tag == FastTag.SkipRegion)
        {
            reader.Skip(sizeof(int));
            if (reader.BeginObject() is not null)
            {
                return;
            }

            tag = (FastTag)reader.ReadByte();
        }

        Tool = tag == FastTag.Text ? reader.ReadText() ?? "" : "";
    }
}
