using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Tests;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Verdicts;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting.Run;

/// <summary>A hunt of a program that a test describes: two rounds that warm up, eight of 53 operations and four of 107.</summary>
internal static class DrawnHunt
{
    /// <param name="describe">What is on the heap after a number of operations.</param>
    /// <param name="each">How long a round is.</param>
    /// <param name="mode">Who drives the program.</param>
    /// <param name="read">What is read of the process after a number of operations; nothing where it is null.</param>
    public static HuntLog Of(Action<TestHeap, int> describe, TimeSpan each, DriveMode mode = DriveMode.Operations, Func<int, ProcessReading>? read = null)
    {
        HuntLog log = new(mode);
        int done = 0;
        TimeSpan at = TimeSpan.Zero;
        foreach ((RoundKind kind, int operations) in Enumerable.Repeat((RoundKind.Warmup, 53), 2).Concat(Enumerable.Repeat((RoundKind.Base, 53), 8)).Concat(Enumerable.Repeat((RoundKind.Dose, 107), 4)))
        {
            done += operations;
            at += each;
            using HeapGraph graph = TestHeap.Of(h => describe(h, done));
            ProcessReading reading = read is null ? new() { Pid = 1 } : read(done);
            log.Add(new Round(kind, mode == DriveMode.Time ? 0 : operations, 0, at, each), new SettledReading(reading, reading, HeapCensus.Take(graph, TestContext.Current.CancellationToken), 0, 0, TimeSpan.Zero));
        }

        return log;
    }

    public static JudgedRun Judge(HuntLog log) => JudgedRun.Of(log, VerdictOptions.Default, budgetUsedUp: true);

    public static ImmutableArray<Finding> FindingsOf(HuntLog log) =>
        new HuntFindings(new HuntEvidence(log, Judge(log), null, ImmutableDictionary<string, (long Immediate, long Natural)>.Empty)).Build();
}
