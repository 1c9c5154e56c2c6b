using System.Collections.Immutable;

namespace Limpet.Resources;

/// <summary>Tells of many sockets by their state and by the end that they have in common: the server they went to, or the port they came to.</summary>
internal static class SocketGroups
{
    public static IEnumerable<NamedCount> Of(ImmutableArray<SocketInfo?> sockets)
    {
        var ends = sockets.OfType<SocketInfo>().SelectMany(socket => new[] { ("to", socket.Peer), ("at", socket.Local) }).Where(end => end.Item2.Length > 0)
            .GroupBy(end => end).ToDictionary(end => end.Key, end => end.Count());
        return sockets.GroupBy(socket => NameOf(socket, ends)).Select(group => new NamedCount(group.Key, group.Count()));
    }

    private static string NameOf(SocketInfo? socket, Dictionary<(string, string), int> ends)
    {
        if (socket is null)
        {
            return "socket";
        }

        int peers = ends.GetValueOrDefault(("to", socket.Peer));
        int locals = ends.GetValueOrDefault(("at", socket.Local));
        string end = socket.Peer.Length == 0 && socket.Local.Length == 0 ? ""
            : peers > 1 && peers >= locals ? $"to {socket.Peer}"
            : locals > 1 ? $"at {socket.Local}"
            : socket.Peer.Length > 0 ? $"to {AnyPort(socket.Peer)}"
            : $"at {AnyPort(socket.Local)}";
        return string.Join(' ', new[] { "socket", socket.Protocol, socket.State, end }.Where(word => word.Length > 0));
    }

    private static string AnyPort(string end) => end.LastIndexOf(':') is > 0 and int colon ? end[..colon] + ":*" : NamePattern.Of(end);
}
