namespace Limpet.Heap.Holders.Kinds;

/// <summary>Channels: the items that nobody has read yet, and those who wait for one.</summary>
internal sealed class ChannelMeaning : NamespaceMeaning
{
    public ChannelMeaning()
        : base("System.Threading.Channels.")
    {
    }

    /// <inheritdoc />
    protected override string Words(TracePath path, int first, int end)
    {
        for (int position = first; position < end; position++)
        {
            string member = path.LabelAt(position).Member;
            if (member == "_items")
            {
                return "item that waits in the channel";
            }

            if (member.StartsWith("_blockedReader", StringComparison.Ordinal) || member.StartsWith("_waitingReader", StringComparison.Ordinal) || member == "_readerSingleton")
            {
                return "reader that waits for the channel";
            }

            if (member.StartsWith("_blockedWriter", StringComparison.Ordinal) || member.StartsWith("_waitingWriter", StringComparison.Ordinal) || member == "_writerSingleton")
            {
                return "writer that waits for room in the channel";
            }

            if (member == "_completion")
            {
                return "completion of the channel";
            }
        }

        return "channel";
    }
}
