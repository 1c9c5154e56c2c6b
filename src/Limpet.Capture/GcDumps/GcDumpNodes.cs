using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.GcDumps;

/// <summary>
/// Reads the nodes of a <c>.gcdump</c> one by one: type, size and children, as differences to the node's own index. Not believed: every
/// number is held against its bounds.
/// </summary>
internal sealed unsafe class GcDumpNodes(GcDumpContent content, MappedFile file)
{
    private readonly byte* end = content.Blob + content.BlobBytes;

    /// <summary>Whether the file refers to a node without saying what it is: the tool that wrote it lost the object.</summary>
    public bool IsDefined(int node) => LabelOf(node) != 0;

    /// <summary>Reads the head of a node; its children follow at <paramref name="children"/>.</summary>
    public int ReadHead(int node, out int size, out int childCount, out byte* children)
    {
        byte* at = content.Blob + LabelOf(node);
        if (LabelOf(node) >= (uint)content.BlobBytes || !CompressedInt.TryRead(ref at, end, out int typeAndSize))
        {
            throw Wrong(node, "does not lie among the others");
        }

        int type = typeAndSize >> 1;
        if ((uint)type >= (uint)content.Types.Length)
        {
            throw Wrong(node, $"has type {type} of {content.Types.Length}");
        }

        size = content.Types[type].Size;
        if ((typeAndSize & 1) != 0 && !CompressedInt.TryRead(ref at, end, out size))
        {
            throw Wrong(node, "ends before its size");
        }

        if (!CompressedInt.TryRead(ref at, end, out childCount) || childCount < 0 || childCount > end - at)
        {
            throw Wrong(node, "has more references than the file can hold");
        }

        size = Math.Max(0, size);
        children = at;
        return type;
    }

    /// <summary>Reads the next child of a node and moves on.</summary>
    public int ReadChild(int node, ref byte* at)
    {
        if (!CompressedInt.TryRead(ref at, end, out int difference))
        {
            throw Wrong(node, "ends before its references");
        }

        long child = (long)node + difference;
        return child >= 0 && child < content.NodeCount ? (int)child : throw Wrong(node, $"refers to object {child} of {content.NodeCount}");
    }

    public ulong AddressOf(int node) => *(ulong*)(content.Addresses + (node * 8L));

    private uint LabelOf(int node) => *(uint*)(content.Labels + (node * 4L));

    private LimpetException Wrong(int node, string what) => file.Unreadable($"it was cut or altered: object {node} {what}.");
}
