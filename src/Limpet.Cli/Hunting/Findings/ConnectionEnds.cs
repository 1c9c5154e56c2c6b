using System.Collections.Immutable;
using Limpet.Heap.Growth;
using Limpet.Resources;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>
/// Both ends of a connection may be in the target: then what serves one end stays because the other is not closed, and is no leak of its own. No
/// reference leads from one to the other; the kernel knows the pairs. Pure.
/// </summary>
internal static class ConnectionEnds
{
    /// <summary>Share of the growth that must be such ends.</summary>
    private const double Enough = 0.7;

    /// <summary>Connections among sockets of which both ends are there.</summary>
    public static int Pairs(IReadOnlyCollection<SocketInfo> sockets)
    {
        HashSet<(string, string)> ends = [.. sockets.Where(socket => socket.Peer.Length > 0).Select(socket => (socket.Local, socket.Peer))];
        return ends.Count(end => ends.Contains((end.Item2, end.Item1))) / 2;
    }

    /// <summary>Makes what the framework holds of one end a side of the user's growth that holds the other.</summary>
    /// <param name="groups">The leaks.</param>
    /// <param name="sockets">Growth of sockets that each holds.</param>
    /// <param name="pairs">Connections that grew and have both ends in the target.</param>
    public static ImmutableArray<GrowthGroup> Join(ImmutableArray<GrowthGroup> groups, IReadOnlyList<double> sockets, double pairs)
    {
        int[] ends = [.. Enumerable.Range(0, groups.Length).Where(group => sockets[group] > 0 && pairs >= Enough * sockets[group])];
        int[] own = [.. ends.Where(group => groups[group].Lead.Container.IsUsers)];
        int[] served = [.. ends.Where(group => !groups[group].Lead.Container.IsUsers)];
        if (own.Length != 1 || served.Length != 1 || Math.Abs(sockets[own[0]] - sockets[served[0]]) > (1 - Enough) * pairs)
        {
            return groups;
        }

        GrowthGroup joined = groups[own[0]] with { Others = [.. groups[own[0]].Others, .. groups[served[0]].Roots] };
        return [.. groups.Select((group, place) => place == own[0] ? joined : group).Where((_, place) => place != served[0])];
    }
}
