using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>What the kernel says of the sockets of a tree, which takes milliseconds to read: asked only when there is a new one.</summary>
/// <param name="follower">The processes.</param>
internal sealed class SocketReadings(TreeFollower follower)
{
    /// <summary>A process with a socket of which nothing is known yet; null when there is none. Asked once for each socket.</summary>
    public int? Wanted()
    {
        int? one = null;
        foreach (FollowedProcess process in follower.Alive)
        {
            foreach (Item item in process.Descriptors.Values.Where(item => item is { SocketAsked: false, Descriptor.Kind: DescriptorKind.Socket }))
            {
                item.SocketAsked = true;
                one = process.Pid;
            }
        }

        return one;
    }

    /// <summary>Takes in what the kernel says.</summary>
    public void Take(IReadOnlyDictionary<long, SocketInfo> sockets)
    {
        foreach (Item item in follower.Alive.SelectMany(process => process.Descriptors.Values))
        {
            item.Socket = item.Descriptor is { } descriptor ? DescriptorGroups.SocketOf(descriptor, sockets) ?? item.Socket : null;
        }
    }
}
