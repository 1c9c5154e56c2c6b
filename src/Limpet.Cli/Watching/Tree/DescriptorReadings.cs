using Limpet.Cli.Watching.Phases;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>The descriptors of a tree, each with its identity: who opened it, and whether it is still open.</summary>
/// <param name="follower">The processes.</param>
/// <param name="book">The phases.</param>
/// <param name="refuse">Called with what the system refuses.</param>
internal sealed class DescriptorReadings(TreeFollower follower, PhaseBook book, Action<string> refuse)
{
    /// <summary>Descriptors of one process that are told apart; beyond, they are only counted.</summary>
    private const int MostTold = 4096;

    /// <summary>The standard streams are nobody's to give back, and runners exchange them around each test.</summary>
    private const int LastStandard = 2;

    /// <summary>Descriptors of one process whose targets are looked at in each reading, while there are phases.</summary>
    private const int MostVerified = 256;

    /// <summary>A descriptor that is new at a mark was opened before or behind it. When nobody looked for longer than this, it was before.</summary>
    public static readonly TimeSpan ShortestUnseen = TimeSpan.FromMilliseconds(150);

    /// <summary>What a process closes so shortly before it ends it closes because it ends.</summary>
    public static readonly TimeSpan OnTheWayOut = TimeSpan.FromMilliseconds(120);

    /// <summary>When they were last listed.</summary>
    public TimeSpan LastList { get; private set; }

    /// <summary>What was closed behind the last phase.</summary>
    public List<Item> ClosedBehind { get; } = [];

    /// <summary>Lists the descriptors of all processes as nearly at once as can be.</summary>
    public void List(bool withThreads = false)
    {
        foreach (FollowedProcess process in follower.Alive)
        {
            process.Listed = !process.IsZombie && process.Probe.TryListDescriptors(process.Numbers);
            process.ThreadsListed = withThreads && !process.IsZombie && process.Probe.TryListThreads(process.ThreadNumbers);
        }
    }

    /// <summary>Holds the lists against what was open before.</summary>
    /// <param name="now">The time.</param>
    /// <param name="mark">The number of the reading, at a mark.</param>
    /// <param name="owner">Whose it is what is new.</param>
    /// <param name="closes">Whether the mark says that all was torn down.</param>
    /// <param name="there">When what is new was there at the latest; null for the time of the reading.</param>
    public void Compare(TimeSpan now, int? mark, int owner, bool closes = false, TimeSpan? there = null)
    {
        foreach (FollowedProcess process in follower.Alive.Where(process => !process.IsZombie))
        {
            if (!process.Listed)
            {
                process.DescriptorCount = null;
                if (process.Probe.Read() is { Ended: false })
                {
                    refuse($"descriptors of process {process.Pid}: the system lets only its own user (or a user with CAP_SYS_PTRACE) read it: run limpet as that user");
                }

                continue;
            }

            if (process.Numbers.Count == 0 && process.Descriptors.Count > 0 && process.Probe.Read() is not { Rss.Bytes: > 0 })
            {
                continue; // it is ending: its memory goes first, then all descriptors at once, and it gave none of them back
            }

            process.DescriptorCount = process.Numbers.Count;
            process.PeakDescriptors = Math.Max(process.PeakDescriptors ?? 0, process.Numbers.Count);
            Compare(process, now, mark, owner, closes, there ?? now);
        }

        LastList = now;
    }

    private void Compare(FollowedProcess process, TimeSpan now, int? mark, int owner, bool closes, TimeSpan there)
    {
        // What a process has when it is first listed, and what it opens in the phase in which it starts, belongs to its start.
        bool verify = mark is not null || (book.Any && process.Numbers.Count <= MostVerified);
        bool first = !process.EverListed;
        process.EverListed = true;
        owner = first || process.BornIn == book.Open.Number || (book.Open.HasSetUp && owner != Item.Next) ? Item.NoPhase : owner;
        foreach (int number in process.Numbers)
        {
            Descriptor? descriptor;
            bool exchanged = false; // at some time since its target was last looked at, and not just now
            if (number <= LastStandard)
            {
                continue;
            }

            if (process.Descriptors.TryGetValue(number, out Item? known))
            {
                // A number is given again at once: only its target tells, which is asked for where that is cheap, and at marks.
                descriptor = verify ? process.Probe.ReadExchanged(known.Descriptor!) : null;
                if (descriptor is null || IsDeletedSince(known.Descriptor!, descriptor))
                {
                    // Who opens a file and deletes it keeps a deleted file; one that goes with its folder at the end of the suite is a file to whoever opened it.
                    known.Descriptor = known.Owner == book.Open.Number ? descriptor ?? known.Descriptor : known.Descriptor;
                    known.LastSeen = now;
                    known.LastMark = mark ?? known.LastMark;
                    known.Verified = verify ? now : known.Verified;
                    continue;
                }

                exchanged = owner == Item.Next && now - known.Verified > ShortestUnseen;
            }
            else if (process.Descriptors.Count >= MostTold)
            {
                continue;
            }
            else
            {
                descriptor = process.Probe.ReadDescriptor(number);
            }

            if (descriptor is not null)
            {
                process.Descriptors[number] = new Item
                {
                    Kind = ItemKind.Descriptor,
                    Pid = process.Pid,
                    Owner = exchanged ? book.Open.Number : owner,
                    Descriptor = descriptor,
                    Verified = now,
                    FirstSeen = exchanged ? known!.FirstSeen : there,
                    LastSeen = now,
                    LastMark = mark ?? -1,
                };
            }
        }

        if (process.Descriptors.Values.Any(item => item.LastSeen != now))
        {
            foreach (int closed in process.Descriptors.Where(pair => pair.Value.LastSeen != now).Select(pair => pair.Key).ToArray())
            {
                Closed(process, process.Descriptors[closed], now, closes);
                process.Descriptors.Remove(closed);
            }
        }
    }

    /// <summary>A file that is deleted while it is open has another name for the kernel, and is the same: suites delete their folders at the end.</summary>
    private static bool IsDeletedSince(Descriptor known, Descriptor now) =>
        known.Kind == DescriptorKind.File && now.Kind == DescriptorKind.DeletedFile && now.Target == known.Target + " (deleted)";

    /// <summary>What is closed behind the last phase, or as the last thing that a process does, was not given back by any phase: the program is on its way out.</summary>
    private void Closed(FollowedProcess process, Item item, TimeSpan now, bool closes)
    {
        if (book.Open is { Name: null, Begun: false } && book.Closed && item.Owner >= 0)
        {
            ClosedBehind.Add(item);
        }
        else if (!closes)
        {
            process.LastClosed.RemoveAll(closed => now - closed.At > OnTheWayOut);
            process.LastClosed.Add((item, now));
        }
    }
}
