using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Phases;

namespace Limpet.Cli.Watching.Tree;

/// <summary>The readings at marks, which part one phase from the next, and the last one at the end of the run.</summary>
/// <param name="follower">The processes.</param>
/// <param name="book">The phases.</param>
/// <param name="open">Their descriptors.</param>
/// <param name="threads">Their threads.</param>
/// <param name="memory">Their memory.</param>
/// <param name="pulses">What is cheap to read of them.</param>
/// <param name="ownership">Whose it is what is seen around a mark.</param>
internal sealed class MarkReadings(TreeFollower follower, PhaseBook book, DescriptorReadings open, ThreadReadings threads, MemoryReadings memory, PulseReadings pulses, MarkOwnership ownership)
{
    /// <summary>
    /// What is listed so soon after a mark was there before it, also where the program has gone on: a runner writes the end of one test and the beginning of the next within a tenth of this,
    /// and the time before the mark in which nobody looked is many times as long.
    /// </summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(1);

    /// <summary>Readings so far, with that at the end of the run.</summary>
    public int Count { get; private set; }

    /// <summary>Ends of phases behind which the program had gone on before they were read.</summary>
    public int Late { get; private set; }

    /// <summary>Takes a mark. Returns what was read at it.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="at">When it came.</param>
    /// <param name="now">The time.</param>
    /// <param name="wentOn">Whether the program has written more by now, so that what is read may be of what comes next.</param>
    /// <param name="last">What was read last.</param>
    public TreePulse Take(Mark mark, TimeSpan at, Func<TimeSpan> now, Func<bool> wentOn, TreePulse last)
    {
        // First what has no time of its own: the program does not wait.
        int reading = Count++;
        bool ends = book.Ends(mark);
        bool unseen = now() - open.LastList > DescriptorReadings.ShortestUnseen;
        open.List(withThreads: true);
        bool prompt = now() - at <= Prompt;
        bool wentOnAlready = wentOn() && !prompt; // asked now: what follows takes milliseconds, and the program goes on meanwhile
        foreach (FollowedProcess process in follower.Alive)
        {
            process.RssBefore = process.Pulse.Rss.Bytes;
            if (mark.Kind == MarkKind.Close && process is { Listed: true, Numbers.Count: > 0 })
            {
                process.LastClosed.Clear(); // it was closed before all was torn down, by a program that runs on: given back
            }
        }

        if (!ends)
        {
            memory.Read(Item.NoPhase, behindMark: false, noted: null);
            wentOn(); // and again behind what takes longest: the mark that came meanwhile is told the moment it was seen
        }

        Late += wentOnAlready && !ends ? 1 : 0;
        bool late = wentOnAlready || ends;
        bool next = late && !unseen && mark.Kind != MarkKind.Close;
        open.Compare(now(), reading, next ? Item.Next : mark.Kind == MarkKind.Close && book.Open.EndedMark is not null ? Item.NoPhase : book.Open.Number, mark.Kind == MarkKind.Close, prompt && !ends ? at : null);
        if (next)
        {
            ownership.HandOn(at);
            ownership.Bind(at);
        }

        threads.Read(at, reading);
        follower.Look(all: false, ownership.PhaseAt, at);
        ownership.Unbind();
        pulses.Read(at, commands: false);
        foreach (FollowedProcess process in follower.Alive)
        {
            process.MarkDescriptors = process.DescriptorCount ?? process.MarkDescriptors;
        }

        Note(reading);
        TreePulse pulse = pulses.Sum(at);
        if (ends)
        {
            // Before the first mark a program starts, and takes its memory for that just then: it is not the first phase's.
            bool ofNext = next && book.Any && book.Open.EndedMark is null;
            memory.Read(book.Open.Number + 1, ofNext, noted: book.Open.EndedMark);
            pulse = pulses.Sum(at);
            if (ofNext && pulse.Rss > last.Rss)
            {
                pulse = pulse with { Rss = last.Rss };
            }
        }

        pulse = ownership.WithoutNext(pulse);
        book.Take(mark, at, pulse, reading);
        if (!ends)
        {
            foreach (FollowedProcess process in follower.Alive)
            {
                process.Noted = (reading, process.Memory, process.Arenas);
            }
        }

        if (mark.Kind == MarkKind.Begin)
        {
            open.ClosedBehind.Clear();
        }

        ownership.Adopt(book.Open.Number);
        return pulse;
    }

    /// <summary>Ends the last phase with the run. Returns what was read then.</summary>
    public TreePulse Finish(TimeSpan now)
    {
        int reading = Count++;
        follower.Look(all: true, ownership.PhaseAt, now);
        pulses.Read(now, commands: true);
        open.List();
        open.Compare(now, reading, book.Open.Number);
        Note(reading);
        memory.Read(book.Open.Number + 1, behindMark: false, noted: null);
        TreePulse pulse = pulses.Sum(now);
        book.Finish(now, pulse, reading);
        return pulse;
    }

    private void Note(int reading)
    {
        foreach (FollowedProcess process in follower.Alive)
        {
            process.Self.LastMark = reading;
            process.ZombieMark = process.IsZombie ? reading : process.ZombieMark;
        }
    }
}
