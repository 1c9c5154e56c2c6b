using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Makes one leak of growth roots that are sides of it. What the runtime or a framework keeps (a thread object in a handle, a node in a
/// table of timers), and what has no type of the user's in it, belongs to the growth whose objects it hangs together with one to one.
/// Two places of the user's that each hold objects of the user's stay two, however alike they grow: letting go at one leaves the other.
/// A pure function of the roots and the last capture. O(nodes + edges + roots²) and O(roots³) at worst.
/// </summary>
public static class GrowthGroups
{
    /// <summary>Share of a root's growth that must hang together with another for it to be a side of that.</summary>
    private const double Enough = 0.7;

    /// <summary>Rank of a place of the user's that holds objects of the user's.</summary>
    private const int UsersOwn = 3;

    /// <summary>Groups <paramref name="roots"/>, in their order. Without a capture (null) each is a group of its own.</summary>
    public static ImmutableArray<GrowthGroup> Of(ImmutableArray<GrowthRoot> roots, MergedPaths? merged)
    {
        if (merged is null || roots.IsEmpty)
        {
            return [.. roots.Select(root => new GrowthGroup(root, []))];
        }

        GrowthLinks links = GrowthLinks.Of(merged, roots);
        int[] leadOf = [.. Enumerable.Range(0, roots.Length)];
        int[] byRank = [.. Enumerable.Range(0, roots.Length).OrderBy(root => links.ConsequenceOf(root) is > 0 and int consequence ? -consequence : RankOf(roots[root])).ThenByDescending(root => root)];
        while (Absorb(roots, links, leadOf, byRank))
        {
        }

        return
        [
            .. Enumerable.Range(0, roots.Length)
                .Where(root => leadOf[root] == root)
                .Select(lead => GroupOf(roots, links, lead, [.. Enumerable.Range(0, roots.Length).Where(root => root != lead && leadOf[root] == lead)])),
        ];
    }

    private static GrowthGroup GroupOf(ImmutableArray<GrowthRoot> roots, GrowthLinks links, int lead, int[] others) =>
        new(roots[lead], [.. others.Select(root => roots[root])]) 
        {
            Threads = links.ThreadsOf(others.Append(lead)),
            OtherEnds = [.. others.Where(other => links.AreEndsOfOneList(lead, other)).Select(other => roots[other])],
        };

    /// <summary>Whether the leak can be told by a type of the user's.</summary>
    public static bool IsNamed(GrowthRoot root) => FrameworkTypes.IsSubject(root.Subject.Path.Type, root.Subject.Path.Traits);

    /// <summary>The more it tells a reader, the higher.</summary>
    private static int RankOf(GrowthRoot root) => (root.Container.IsUsers ? 2 : 0) + (IsNamed(root) ? 1 : 0);

    /// <summary>Makes one root a side of another, the least telling first; false when there is none left to make.</summary>
    private static bool Absorb(ImmutableArray<GrowthRoot> roots, GrowthLinks links, int[] leadOf, int[] byRank)
    {
        for (int rank = 0; rank < byRank.Length; rank++)
        {
            int root = byRank[rank];
            if (leadOf[root] != root)
            {
                continue;
            }

            int[] leads = [.. byRank[(rank + 1)..].Where(lead => leadOf[lead] == lead)];
            double[] shares = [.. leads.Select(lead => links.Between(root, lead).ShareOfFirst)];
            int best = leads.FirstOrDefault(lead => links.AreEndsOfOneList(root, lead), -1) is >= 0 and int otherEnd ? otherEnd
                : RankOf(roots[root]) == UsersOwn ? -1
                : shares.Sum() >= Enough ? leads[Array.LastIndexOf(shares, shares.Max())]
                : leads.FirstOrDefault(lead => IsBetween(links, leadOf, root, lead), -1);
            if (best >= 0)
            {
                for (int side = 0; side < leadOf.Length; side++)
                {
                    leadOf[side] = leadOf[side] == root ? best : leadOf[side];
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Whether some side of <paramref name="lead"/> hangs together with both as a whole: then those two are one through it.</summary>
    private static bool IsBetween(GrowthLinks links, int[] leadOf, int root, int lead) =>
        Enumerable.Range(0, leadOf.Length).Any(side =>
            side != lead
            && leadOf[side] == lead
            && links.Between(root, side) is { ShareOfFirst: >= Enough, ShareOfSecond: >= Enough }
            && links.Between(side, lead).ShareOfFirst >= Enough);
}
