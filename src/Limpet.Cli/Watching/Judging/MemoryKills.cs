using Limpet.Cli.Watching.Tree;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Judging;

/// <summary>
/// Processes that the kernel ended for lack of memory. Its counters are of a control group or of the machine, where others live too: a watched
/// process is held for one of them only where it was ended by signal 9, or where how it ended is not known and all others of the group live on.
/// </summary>
/// <param name="OfTree">Watched processes that were ended so.</param>
/// <param name="Warning">What was counted and cannot be laid to the watched; null when there is nothing.</param>
internal sealed record MemoryKills(long OfTree, string? Warning)
{
    private const int KilledCode = 128 + 9;

    /// <param name="before">The counters at the start.</param>
    /// <param name="after">The same counters at the end.</param>
    /// <param name="ends">How the watched processes ended, as far as that is known.</param>
    /// <param name="othersLive">Whether all other processes that were in the group at the start have not ended.</param>
    public static MemoryKills Of(MemoryRoom before, MemoryRoom after, IEnumerable<int?> ends, bool othersLive)
    {
        bool ofGroup = after.GroupKills is not null && before.GroupKills is not null;
        long counted = (ofGroup ? after.GroupKills - before.GroupKills : after.HostKills - before.HostKills) ?? 0;
        if (counted <= 0)
        {
            return new MemoryKills(0, null);
        }

        int?[] known = [.. ends];
        long ofTree = Math.Min(counted, known.Count(code => code == KilledCode || (code is null && ofGroup && othersLive)));
        string where = ofGroup ? "in the control group of the watched process" : "on this machine";
        return new MemoryKills(ofTree, counted == ofTree ? null : $"the kernel ended {counted} {(counted == 1 ? "process" : "processes")} for lack of memory {where}; {(
            ofTree > 0 ? $"{ofTree} of them watched"
            : known.Contains(null) ? "whether a watched one is among them is not known"
            : "no watched one is among them")}");
    }

    /// <param name="before">The counters at the start.</param>
    /// <param name="after">The same counters at the end.</param>
    /// <param name="tree">The watched processes.</param>
    public static MemoryKills Of(MemoryRoom before, MemoryRoom after, WatchTree tree)
    {
        HashSet<int> watched = [.. tree.Ended.Concat(tree.Alive).Select(process => process.Pid)];
        return Of(before, after, tree.Ended.Select(process => process.ExitCode), before.GroupProcesses.All(other => watched.Contains(other) || ProcessReaders.Tree.Find(other) is { Ended: false }));
    }
}
