using FastSerialization;

namespace Limpet.Capture.Tests.GcDumps;

/// <summary>The graph of a <see cref="ForeignGcDump"/>, node by node.</summary>
internal sealed class ForeignGraph : IFastSerializable, IFastSerializableVersion
{
    public List<(string Name, int Size, string? Module)> Types { get; } = [];

    public List<(int Type, int Size, int[] Children, ulong Address)?> Nodes { get; } = [];

    public int Root { get; set; }

    /// <summary>What the file says of all sizes; 0 for their sum.</summary>
    public long TotalBytes { get; set; }

    int IFastSerializableVersion.Version => 1;

    int IFastSerializableVersion.MinimumVersionCanRead => 0;

    int IFastSerializableVersion.MinimumReaderVersion => 0;

    void IFastSerializable.ToStream(Serializer serializer)
    {
        serializer.Write(TotalBytes != 0 ? TotalBytes : Nodes.Sum(node => node?.Size ?? 0L));
        serializer.Write(Root);
        serializer.Write(Types.Count);
        foreach ((string name, int size, string? module) in Types)
        {
            serializer.Write(name);
            serializer.Write(size);
            serializer.Write(module!);
        }

        List<byte> blob = [0, 0];
        serializer.Write(Nodes.Count);
        for (int index = 0; index < Nodes.Count; index++)
        {
            serializer.Write(Nodes[index] is null ? 0 : blob.Count);
            if (Nodes[index] is { } node)
            {
                bool own = node.Size != Types[node.Type].Size;
                Append(blob, (node.Type << 1) | (own ? 1 : 0));
                if (own)
                {
                    Append(blob, node.Size);
                }

                Append(blob, node.Children.Length);
                foreach (int child in node.Children)
                {
                    Append(blob, child - index);
                }
            }
        }

        serializer.Write(blob.Count);
        blob.ForEach(serializer.Write);
        serializer.Write(Nodes.Count);
        foreach (var node in Nodes)
        {
            serializer.Write((long)(node?.Address ?? 0));
        }

        serializer.WriteTagged(true);
    }

    void IFastSerializable.FromStream(Deserializer deserializer)
    {
        TotalBytes = deserializer.ReadInt64();
        Root = deserializer.ReadInt();
        int types = deserializer.ReadInt();
        for (int type = 0; type < types; type++)
        {
            Types.Add((deserializer.ReadString(), deserializer.ReadInt(), deserializer.ReadString()));
        }

        int[] labels = new int[deserializer.ReadInt()];
        for (int node = 0; node < labels.Length; node++)
        {
            labels[node] = deserializer.ReadInt();
        }

        byte[] blob = new byte[deserializer.ReadInt()];
        for (int at = 0; at < blob.Length; at++)
        {
            blob[at] = deserializer.ReadByte();
        }

        Assert.Equal(labels.Length, deserializer.ReadInt());
        for (int node = 0; node < labels.Length; node++)
        {
            int at = labels[node];
            int head = Next(blob, ref at);
            int size = (head & 1) != 0 ? Next(blob, ref at) : Types[head >> 1].Size;
            int[] children = new int[Next(blob, ref at)];
            for (int child = 0; child < children.Length; child++)
            {
                children[child] = node + Next(blob, ref at);
            }

            Nodes.Add((head >> 1, size, children, (ulong)deserializer.ReadInt64()));
        }

        bool is64Bit = false;
        deserializer.TryReadTagged(ref is64Bit);
        Assert.True(is64Bit);
    }

    /// <summary>As the format has it: seven bits a byte, the highest first, as few bytes as keep the sign.</summary>
    private static void Append(List<byte> blob, int value)
    {
        int bits = 7;
        while (bits < 35 && (value << Math.Max(0, 32 - bits) >> Math.Max(0, 32 - bits)) != value)
        {
            bits += 7;
        }

        for (bits -= 7; bits > 0; bits -= 7)
        {
            blob.Add((byte)((value >> bits) | 0x80));
        }

        blob.Add((byte)(value & 0x7f));
    }

    private static int Next(byte[] blob, ref int at)
    {
        int value = (blob[at] & 0x40) != 0 ? -1 : 0;
        byte part;
        do
        {
            part = blob[at++];
            value = (value << 7) | (part & 0x7f);
        }
        while ((part & 0x80) != 0);
        return value;
    }
}
