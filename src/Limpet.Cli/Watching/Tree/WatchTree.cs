using System.Diagnostics;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Phases;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>
/// The tree as it is read: often and cheaply by <see cref="Tick"/>, at marks by <see cref="TakeMark"/>. Everything under one lock, because marks come on
/// other threads than ticks; what is asked for without it before the run is over is refused.
/// </summary>
internal sealed class WatchTree : IDisposable
{
    private readonly Lock gate = new();
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly TimeSpan bootAtStart = ProcessReaders.SinceBoot;
    private readonly TreeFollower follower;
    private readonly Func<bool> marksWait;
    private readonly int root;
    private readonly PhaseBook book;
    private readonly DescriptorReadings open;
    private readonly ThreadReadings threads;
    private readonly SocketReadings sockets;
    private readonly EndedProcesses ended;
    private readonly PulseReadings pulses;
    private readonly MarkOwnership ownership;
    private readonly MarkReadings atMarks;
    private TreePulse last;
    private bool finished;

    /// <param name="root">The watched process.</param>
    /// <param name="isOwnChild">Whether this process started it.</param>
    /// <param name="marksWait">Whether there is output in which no mark has been looked for yet: what is seen then may belong to the next phase.</param>
    public WatchTree(int root, bool isOwnChild, Func<bool>? marksWait = null)
    {
        this.marksWait = marksWait ?? (() => false);
        this.root = root;
        follower = new TreeFollower(root, isOwnChild, bootAtStart);
        book = new PhaseBook(TimeSpan.Zero, default);
        open = new DescriptorReadings(follower, book, Refuse);
        MemoryReadings memory = new(follower, TakeDetails);
        ended = new EndedProcesses(book);
        pulses = new PulseReadings(follower, ended, memory);
        ownership = new MarkOwnership(follower, book);
        threads = new ThreadReadings(follower, book, start => start - bootAtStart, ownership.PhaseAt);
        sockets = new SocketReadings(follower);
        atMarks = new MarkReadings(follower, book, open, threads, memory, pulses, ownership);
    }

    /// <summary>To be held by whoever looks at processes or phases before the run is over.</summary>
    public Lock Gate => gate;

    /// <summary>The phases.</summary>
    public PhaseBook Book => Guarded(book);

    /// <summary>The time since the start of the run.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(started);

    /// <summary>The last readings of the tree.</summary>
    public TreePulse Last
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    /// <summary>Whether the watched process had not ended at the last reading.</summary>
    public bool RootAlive { get; private set; } = true;

    /// <summary>Whether any process has not ended, or is not asked about yet.</summary>
    public bool AnyAlive
    {
        get
        {
            lock (gate)
            {
                return follower.Alive.Count > 0;
            }
        }
    }

    public IReadOnlyCollection<FollowedProcess> Alive => Guarded(follower.Alive);

    /// <summary>Processes that ended and are kept.</summary>
    public IReadOnlyList<FollowedProcess> Ended => Guarded(ended.Kept);

    /// <summary>Processes that ended and are not kept.</summary>
    public int Forgotten => ended.Forgotten;

    public int Reaped => follower.Reaped;

    /// <summary>What processes still had when they ended, beyond the phase in which they got it.</summary>
    public IReadOnlyList<Item> LeftByEnded => Guarded(ended.Left);

    /// <summary>Readings at marks.</summary>
    public int Marks => atMarks.Count;

    /// <summary>Ends of phases behind which the program had gone on before they were read.</summary>
    public int LateMarks => atMarks.Late;

    /// <summary>Readings that the system refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Which readings were refused, and of whom.</summary>
    public HashSet<string> Refusals { get; } = [];

    /// <summary>Reads what is cheap.</summary>
    /// <param name="again">Whether to look at all ids of the machine again.</param>
    /// <param name="descriptors">Whether to list descriptors.</param>
    public TreePulse Tick(bool again, bool descriptors)
    {
        lock (gate)
        {
            TimeSpan now = Now;
            if (!marksWait())
            {
                follower.Look(again, ownership.PhaseAt, now);
            }

            pulses.Read(now, again);
            if (descriptors && !marksWait())
            {
                open.List(withThreads: book.Any);
                if (!marksWait())
                {
                    open.Compare(now, mark: null, book.Open.Number);
                    threads.See(now);
                }
            }

            RootAlive = follower.Alive.Any(process => process.Pid == root && !process.IsZombie);
            last = pulses.Sum(now);
            book.Open.Take(last);
            return last;
        }
    }

    /// <summary>Takes a mark with a reading of its own.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="arrived">The time stamp at which it came.</param>
    /// <param name="wentOn">Whether the program has written more by now, so that what is read may be of what comes next.</param>
    public void TakeMark(Mark mark, long arrived, Func<bool> wentOn)
    {
        lock (gate)
        {
            if (finished)
            {
                return; // a pipe with marks is read for as long as the process of the reader lives
            }

            last = atMarks.Take(mark, Stopwatch.GetElapsedTime(started, arrived), () => Now, wentOn, last);
        }
    }

    /// <summary>Notes which program a mark came from.</summary>
    public void TakeSource(string program, bool worker)
    {
        lock (gate)
        {
            if (!finished)
            {
                book.TakeSource(program, worker);
            }
        }
    }

    /// <summary>Ends the last phase with the run.</summary>
    public void Finish()
    {
        lock (gate)
        {
            last = atMarks.Finish(Now);
            ended.AddLeft(open.ClosedBehind);
            finished = true;
        }
    }

    /// <summary>Notes how the watched process ended.</summary>
    public void RootEnded(int? exitCode)
    {
        lock (gate)
        {
            if (follower.Alive.FirstOrDefault(process => process.Pid == root) is { } process)
            {
                process.ExitCode = exitCode;
                pulses.End(process, Now, exitCode);
            }
            else if (ended.Kept.LastOrDefault(one => one.Pid == root) is { } before)
            {
                // A reading found it gone before its parent told how it ended.
                before.ExitCode ??= exitCode;
            }
        }
    }

    /// <summary>Takes in what was read of a process beside the lock.</summary>
    public void TakeDetails(FollowedProcess process, ProcessReading reading)
    {
        lock (gate)
        {
            if (reading.Pss is { } pss)
            {
                process.PeakPss = Math.Max(process.PeakPss ?? 0, pss.Bytes);
            }

            foreach (ReadingRefusal refusal in reading.Ended ? [] : reading.Refusals)
            {
                Refuse($"{refusal.What} of process {reading.Pid}: {refusal.Reason}");
            }
        }
    }

    /// <summary>Puts the sum of a reading of all processes beside the others.</summary>
    public void TakePss(long pss)
    {
        lock (gate)
        {
            last = last with { Pss = pss };
            book.Open.Take(last);
        }
    }

    /// <summary>A process with a socket of which nothing is known yet; null when there is none. Asked once for each socket.</summary>
    public int? WantsSockets()
    {
        lock (gate)
        {
            return sockets.Wanted();
        }
    }

    /// <summary>Takes in what the kernel says of the open sockets, which takes milliseconds to read and is read beside the lock.</summary>
    public void TakeSockets(IReadOnlyDictionary<long, SocketInfo> read)
    {
        lock (gate)
        {
            sockets.Take(read);
        }
    }

    public void Dispose() => follower.Dispose();

    /// <summary>What a mark may change at any moment. A race would show itself once in a thousand runs, so forgetting the lock is refused every time.</summary>
    private T Guarded<T>(T part) =>
        finished || gate.IsHeldByCurrentThread ? part : throw new InvalidOperationException("Bug in limpet: the watched tree is looked at without its gate, while a mark may change it.");

    private void Refuse(string what)
    {
        Refused++;
        Refusals.Add(what);
    }
}
