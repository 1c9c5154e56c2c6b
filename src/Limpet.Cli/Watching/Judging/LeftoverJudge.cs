using System.Collections.Immutable;

namespace Limpet.Cli.Watching.Judging;

/// <summary>
/// Says which of the things that phases left are leaks. A thing was opened in a phase, outlived it, and was there at the end: that much is a fact.
/// Caches, pools and singletons do the same, though. They are told from leaks by these signs: they warm up at the beginning and then stop, they are few,
/// and they are used again. Pure: the same things give the same claims.
/// </summary>
internal static class LeftoverJudge
{
    /// <summary>So many phases with the same kind of thing are no coincidence.</summary>
    private const int Repeated = 3;

    /// <summary>The same for things that are used again.</summary>
    private const int RepeatedInUse = 6;

    /// <summary>Phases at the beginning in which things are made that stay, in a run of some length.</summary>
    private const int WarmPhases = 3;

    /// <summary>The shortest run in which phases can be told from the first ones.</summary>
    private const int ShortRun = 8;

    /// <summary>How much more than usual must be left in a warm phase, or by a process that ended before all was torn down, to be taken for a leak at once.</summary>
    private const int WarmFactor = 2;

    /// <summary>How many phases must be between the last growth and the end, to call it stopped.</summary>
    private const int QuietPhases = 3;

    /// <summary>Phases that must differ in length by this share before time and phases can be told apart.</summary>
    private const double Contrast = 1.3;

    /// <summary>Judges the things that were left.</summary>
    /// <param name="things">All of them.</param>
    /// <param name="seconds">The length of each phase.</param>
    public static ImmutableArray<LeftClaim> Judge(IReadOnlyCollection<LeftThing> things, IReadOnlyList<double> seconds)
    {
        List<LeftClaim> claims = [];
        foreach (IGrouping<LeftClass, LeftThing> kind in things.GroupBy(thing => thing.Class).OrderBy(kind => kind.Key))
        {
            HashSet<LeftThing> leaked = [.. Strong(kind, seconds.Count), .. Weak(kind, seconds.Count)];
            if (leaked.Count > 0)
            {
                ImmutableArray<LeftThing> all = [.. kind.Where(leaked.Contains)];
                claims.Add(new LeftClaim(kind.Key, all, IsByTime(all, seconds)));
            }
        }

        return [.. claims];
    }

    /// <summary>Whether things were made in the first phases, nearly each of them, and none since for long enough.</summary>
    public static bool IsWarming(IReadOnlyCollection<int> phases, int count)
    {
        int first = phases.Min(), last = phases.Max();
        int span = last - first + 1, quiet = count - 1 - last;
        return first <= 1 && phases.Count * 5 >= span * 3 && quiet >= Math.Max(QuietPhases, span / 2);
    }

    /// <summary>The number of phases at the beginning that are warm.</summary>
    public static int Warm(int count) => count >= ShortRun ? WarmPhases : count >= 4 ? 1 : 0;

    /// <summary>What one phase has left in such a number, or of such a kind, that it needs no second one.</summary>
    private static IEnumerable<LeftThing> Strong(IEnumerable<LeftThing> kind, int count)
    {
        foreach (IGrouping<int, LeftThing> phase in kind.GroupBy(thing => thing.Phase))
        {
            LeftThing[] unused = [.. phase.Where(thing => !thing.Used)];
            LeftThing[] certain = [.. unused.Where(thing => thing.Certain)];
            bool warm = phase.Key < Warm(count);
            bool unproven = phase.Any(thing => thing.Item.Unproven);
            int enough = Enough(phase.First().Class) * (warm || unproven ? WarmFactor : 1);
            if (unused.Length >= enough || (certain.Length > 0 && (!warm || certain.Length >= Enough(phase.First().Class))))
            {
                foreach (LeftThing thing in unused.Length >= enough ? unused : certain)
                {
                    yield return thing;
                }
            }
        }
    }

    /// <summary>The same thing again and again.</summary>
    private static IEnumerable<LeftThing> Weak(IEnumerable<LeftThing> kind, int count)
    {
        foreach (IGrouping<string, LeftThing> group in kind.GroupBy(thing => thing.Group))
        {
            LeftThing[] unused = [.. group.Where(thing => !thing.Used)];
            int[] unusedPhases = [.. unused.Select(thing => thing.Phase).Distinct()], phases = [.. group.Select(thing => thing.Phase).Distinct()];
            bool twice = unusedPhases.Length == 2 && unused.Length > Enough(group.First().Class);
            bool grows = (unusedPhases.Length >= Repeated || twice) && !IsWarming(unusedPhases, count);

            // What is used again is a pool; one that never stops growing is none, such as threads that each wake up by themselves.
            bool growsInUse = phases.Length >= RepeatedInUse && phases.Max() >= count - QuietPhases && phases.Length * 2 >= count;
            foreach (LeftThing thing in growsInUse ? [.. group] : grows ? unused : [])
            {
                yield return thing;
            }
        }
    }

    /// <summary>So many that one phase left are no singleton.</summary>
    private static int Enough(LeftClass kind) => kind switch
    {
        LeftClass.DeletedFile => 1,
        LeftClass.Thread or LeftClass.Watch or LeftClass.Zombie => 2,
        LeftClass.File or LeftClass.Socket or LeftClass.Child => 3,
        LeftClass.Pipe or LeftClass.OtherDescriptor => 4,
        _ => 6,
    };

    private static bool IsByTime(ImmutableArray<LeftThing> things, IReadOnlyList<double> seconds)
    {
        double[] counts = new double[seconds.Count];
        foreach (LeftThing thing in things)
        {
            counts[thing.Phase]++;
        }

        int with = counts.Count(count => count > 0);
        return seconds.Count >= ShortRun
            && with * 5 >= seconds.Count * 4
            && seconds.Max() >= Contrast * seconds.Min()
            && Rest(counts, [.. seconds]) < Rest(counts, [.. seconds.Select(_ => 1.0)]) / 2;
    }

    /// <summary>The squared rest of a regression through the origin.</summary>
    private static double Rest(double[] counts, double[] work)
    {
        double rate = counts.Zip(work, (count, unit) => count * unit).Sum() / work.Sum(unit => unit * unit);
        return counts.Zip(work, (count, unit) => Math.Pow(count - (rate * unit), 2)).Sum();
    }
}
