using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Tests.Checks;

/// <summary>
/// Other work of the process that goes on while an operation is checked. The operation of these tests waits for that work, so that it keeps step on a machine of any speed, as clean-up
/// timers of an earlier check do by chance: they were started in the same rounds.
/// </summary>
public sealed class EchoTests
{
    /// <summary>Operations of a check with the defaults until it has what a verdict needs: ten rounds of 13 and four of 23.</summary>
    private const int Planned = (10 * 13) + (4 * 23);

    private static readonly LeakCheckOptions Alone = new() { Trace = false };

    [Fact]
    public void Find_EchoThatKeepsStepUntilTheRepeat_IsNoLeak()
    {
        // Where the runner of the tests moved some bytes meanwhile, the rounds before the repeat may not have been decided as planned: then nothing was shown, and it is asked again.
        CheckResult result;
        bool repeated;
        int tries = 0;
        do
        {
            using OthersWork others = new();
            int calls = 0;
            result = LeakCheck.Find(() => others.Keep(++calls <= Planned ? 1 : 0), Alone);
            repeated = result.Warnings.Any(warning => warning.Contains("and not with rounds of other sizes", StringComparison.Ordinal));
            Assert.True(result.Verdict != Verdict.Leak, CheckReport.Write(result));
        }
        while (!repeated && ++tries < 10);

        Assert.True(repeated, CheckReport.Write(result));
    }

    [Fact]
    public void Find_LeakBesideOthersWork_IsALeak()
    {
        using OthersWork others = new();
        List<byte[]> kept = new(100_000);
        using Timer timer = new(_ => others.Add(100), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));

        CheckResult result = LeakCheck.Find(() => kept.Add(new byte[20_000]), Alone);

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.InRange(result.Findings[0].PerOperation!.Bytes!.Value, 15_000, 25_000);
        Assert.Contains("; rounds of other sizes brought +", result.Reason, StringComparison.Ordinal);
        Assert.Contains(result.Measurements.Rounds, round => round.Kind == "Repeat");
    }

    [Fact]
    public void Find_WhatPasses_IsNotRepeated()
    {
        CheckResult result = LeakCheck.Find(() => new byte[100].AsSpan().Clear(), Alone);

        Assert.DoesNotContain(result.Measurements.Rounds, round => round.Kind == "Repeat");
    }

    /// <summary>A thread of an earlier test, and what it keeps.</summary>
    private sealed class OthersWork : IDisposable
    {
        private readonly List<byte[]> kept = new(100_000);
        private readonly SemaphoreSlim asked = new(0);
        private readonly SemaphoreSlim done = new(0);
        private readonly Thread thread;
        private int next;

        public OthersWork()
        {
            thread = new Thread(Work) { IsBackground = true, Name = "earlier test" };
            thread.Start();
        }

        public void Keep(int arrays)
        {
            next = arrays;
            asked.Release();
            done.Wait();
        }

        public void Add(int bytes)
        {
            lock (kept)
            {
                kept.Add(new byte[bytes]);
            }
        }

        public void Dispose()
        {
            next = -1;
            asked.Release();
            thread.Join();
            asked.Dispose();
            done.Dispose();
        }

        private void Work()
        {
            while (true)
            {
                asked.Wait();
                if (next < 0)
                {
                    return;
                }

                for (int array = 0; array < next; array++)
                {
                    Add(20_000);
                }

                done.Release();
            }
        }
    }
}
