using Limpet.Cli.Watching.Phases;

namespace Limpet.Cli.Watching.Tree;

/// <summary>Which phase owns what is seen around a mark. The program does not wait for the reading, so that some of it may be of the phase that the mark begins.</summary>
/// <param name="follower">The processes.</param>
/// <param name="book">The phases.</param>
internal sealed class MarkOwnership(TreeFollower follower, PhaseBook book)
{
    private TimeSpan? bound;

    /// <summary>The phase in which something started, by its start time from the start of the run.</summary>
    public int PhaseAt(TimeSpan start)
    {
        if (bound is { } next && start >= next)
        {
            return Item.Next;
        }

        // Whoever started within the step of the clock in which a mark came, started behind it.
        if (book.Open.Start < start + PhaseBook.ClockTick)
        {
            return book.Open.Number;
        }

        return book.StretchOf(start);
    }

    /// <summary>A mark that is handed on comes late: what was seen since its moment belongs behind it.</summary>
    public void HandOn(TimeSpan at)
    {
        foreach (Item item in follower.Alive.SelectMany(process => process.Descriptors.Values).Where(item => item.Owner == book.Open.Number && item.FirstSeen >= at && item.FirstSeen > book.Open.EndedAt))
        {
            item.Owner = Item.Next;
        }
    }

    /// <summary>From here on, what started behind a mark is of the next phase, until <see cref="Unbind"/>.</summary>
    public void Bind(TimeSpan at) => bound = (book.Open.EndedMark is null ? at : book.Open.EndedAt) - PhaseBook.ClockTick;

    /// <summary>Ends that.</summary>
    public void Unbind() => bound = null;

    /// <summary>A reading at a mark without what is of the next phase already: it is no part of the reading that parts them.</summary>
    public TreePulse WithoutNext(TreePulse pulse)
    {
        long ahead = follower.Alive.Sum(process => process.Descriptors.Values.LongCount(item => item.Owner == Item.Next));
        int newThreads = follower.Alive.Sum(process => process.Threads.Values.Count(item => item.Owner == Item.Next));
        FollowedProcess[] newProcesses = [.. follower.Alive.Where(process => process.BornIn == Item.Next && !process.IsZombie)];
        return pulse with
        {
            Descriptors = pulse.Descriptors - ahead,
            Threads = follower.Alive.Except(newProcesses).Where(process => !process.IsZombie).Sum(process => process.ThreadsListed ? process.ThreadNumbers.Count : process.Pulse.Threads) - newThreads,
            Processes = pulse.Processes - newProcesses.Length,
        };
    }

    /// <summary>What was opened behind a mark belongs to the phase that it began.</summary>
    public void Adopt(int phase)
    {
        foreach (FollowedProcess process in follower.Alive)
        {
            process.BornIn = process.BornIn == Item.Next ? phase : process.BornIn;
            process.Self.Owner = process.Self.Owner == Item.Next ? phase : process.Self.Owner;
            foreach (Item item in process.Descriptors.Values.Concat(process.Threads.Values))
            {
                item.Owner = item.Owner == Item.Next ? phase : item.Owner;
            }
        }
    }
}
