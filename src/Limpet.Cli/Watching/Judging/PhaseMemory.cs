using Limpet.Cli.Watching.Phases;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Watching.Judging;

/// <summary>The memory of each process at the bounds of the named phases.</summary>
internal static class PhaseMemory
{
    /// <summary>Claims about all processes that lived through a phase, and about what phases added to the tree by starting some that stayed.</summary>
    public static IEnumerable<(FollowedProcess Process, MemoryClaim Claim)> Judge(WatchTree tree, IReadOnlyList<Phase> phases)
    {
        if (phases.Count == 0)
        {
            yield break;
        }

        foreach (FollowedProcess process in tree.Ended.Concat(tree.Alive).Where(process => process.Levels.Count >= 2))
        {
            double[] levels = new double[phases.Count + 1], arenas = new double[phases.Count + 1];
            Dictionary<int, MemoryLevel> at = [];
            foreach (MemoryLevel level in process.Levels)
            {
                at[level.Phase] = level;
            }

            for (int i = 0; i <= phases.Count; i++)
            {
                // The end of a phase is the start of the next one, or of what lies between them.
                int bound = i < phases.Count ? phases[i].Number : phases[^1].Number + 1;
                bool known = at.TryGetValue(bound, out MemoryLevel level);
                levels[i] = known ? level.Bytes : double.NaN;
                arenas[i] = known ? level.Arenas ?? 0 : double.NaN;
            }

            if (levels.Count(level => !double.IsNaN(level)) < 2)
            {
                continue;
            }

            if (phases[0].HasSetUp)
            {
                levels[0] = double.NaN;
            }

            // Behind the last phase it may be given back yet.
            foreach (MemoryLevel later in process.Levels.Where(level => level.Phase > phases[^1].Number + 1))
            {
                levels[^1] = Math.Min(levels[^1], later.Bytes);
            }

            string name = process.Command is [var program, ..] ? Path.GetFileName(program) : "";
            yield return (process, MemoryJudge.Judge(name, levels, arenas, [phases[0].Start.TotalSeconds, .. phases.Select(phase => phase.End.TotalSeconds)]));
        }
    }
}
