using FastSerialization;

namespace Limpet.Capture.Tests.GcDumps;

/// <summary>
/// The same format through the serialization library of its inventors (in the package of TraceEvent): a reader and a writer that share no
/// code with limpet. The library knows objects and tags; what is inside a heap and a graph is spelled out here.
/// </summary>
internal sealed class ForeignGcDump : IFastSerializable, IFastSerializableVersion
{
    public ForeignGraph Graph { get; private set; } = new();

    public int ProcessId { get; set; }

    public string? ProcessName { get; set; }

    public string? Tool { get; set; }

    int IFastSerializableVersion.Version => 10;

    int IFastSerializableVersion.MinimumVersionCanRead => 4;

    int IFastSerializableVersion.MinimumReaderVersion => 8;

    public static ForeignGcDump Read(string path)
    {
        ForeignGcDump dump = new();
        using Deserializer deserializer = new(path, SerializationSettings.Default.WithStreamLabelWidth(StreamLabelWidth.FourBytes));
        deserializer.RegisterFactory("GCHeapDump", () => dump);
        deserializer.RegisterFactory("Graphs.MemoryGraph", () => dump.Graph);
        Assert.Same(dump, deserializer.GetEntryObject());
        return dump;
    }

    public void Write(string path)
    {
        using (Serializer serializer = new(new IOStreamStreamWriter(path, SerializationSettings.Default.WithStreamLabelWidth(StreamLabelWidth.FourBytes)), this))
        {
        }

        // The library writes the names of these classes: in their place, and as long, stand those of the format.
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, Renamed(Renamed(bytes, typeof(ForeignGcDump).FullName!, "GCHeapDump"), typeof(ForeignGraph).FullName!, "Graphs.MemoryGraph"));
    }

    void IFastSerializable.ToStream(Serializer serializer)
    {
        serializer.Write(Graph);
        serializer.Write(true);
        serializer.Write(1f);
        serializer.Write(1f);
        serializer.Write((IFastSerializable)null!);
        serializer.Write((IFastSerializable)null!);
        serializer.Write("what happened while it was collected");
        serializer.Write(DateTime.UnixEpoch.Ticks);
        serializer.Write("machine");
        serializer.Write(ProcessName!);
        serializer.Write(ProcessId);
        serializer.Write(1L);
        serializer.Write(2L);
        serializer.Write(0);
        serializer.WriteTagged((IFastSerializable)null!);
        serializer.WriteTagged(Tool!);
    }

    void IFastSerializable.FromStream(Deserializer deserializer)
    {
        Assert.Same(Graph, deserializer.ReadObject());
        Assert.True(deserializer.ReadBool());
        Assert.Equal(1f, deserializer.ReadFloat());
        Assert.Equal(1f, deserializer.ReadFloat());
        Assert.Null(deserializer.ReadObject());
        Assert.Null(deserializer.ReadObject());
        deserializer.ReadString();
        deserializer.ReadInt64();
        deserializer.ReadString();
        ProcessName = deserializer.ReadString();
        ProcessId = deserializer.ReadInt();
        deserializer.ReadInt64();
        deserializer.ReadInt64();
        Assert.Equal(0, deserializer.ReadInt());
        ForeignGraph? interop = null;
        deserializer.TryReadTagged(ref interop!);
        string? tool = null;
        deserializer.TryReadTagged(ref tool!);
        Tool = tool;
    }

    private static byte[] Renamed(byte[] bytes, string from, string to)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(from);
        int at = bytes.AsSpan().IndexOf(name);
        Assert.True(at > 4, $"{from} is not in the file.");
        return [.. bytes[..(at - 4)], .. BitConverter.GetBytes(to.Length), .. System.Text.Encoding.UTF8.GetBytes(to), .. bytes[(at + name.Length)..]];
    }
}
