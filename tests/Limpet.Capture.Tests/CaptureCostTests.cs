using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>What captures cost, as counts of bytes, threads and signals: they are the same on a machine of any speed.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class CaptureCostTests
{
    private const int WindowChanged = 28;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public void Graph_OfAHeapWithTwoReferencesAnObject_TakesAtMostItsStatedBytes()
    {
        // Large enough for the address map of regions that are only partly used (73 KB for each) not to show.
        using TargetProcess process = TargetProcess.Start("mesh 1000000");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = Capture(target);

        Assert.Equal(2.33, graph.EdgeCount / (double)graph.NodeCount, 0.05);
        long stated = (graph.NodeCount * 16L) + (graph.EdgeCount * 4);
        Assert.InRange(graph.MemoryBytes, stated / 2, (long)(stated * 1.02));
    }

    [Fact]
    public void Capture_OfAHeap_ReadsItsBytesOnce()
    {
        using TargetProcess process = TargetProcess.Start("objects 200000");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        Capture(target).Dispose();

        Assert.InRange(target.HeapBytes, 5_000_000, 50_000_000);
        Assert.InRange(target.HeapBytesRead, 0.9 * target.HeapBytes, 1.05 * target.HeapBytes);
    }

    [Fact]
    public void Capture_OfAnUnchangedTarget_CountsTheSameTypesAgain()
    {
        using TargetProcess process = TargetProcess.Start("objects 20000");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        Dictionary<string, int> first = CountByType(target);
        Dictionary<string, int> second = CountByType(target);

        Assert.Equal(process.Truth["Node"], first["Limpet.TestTargets.Node"].ToString(CultureInfo.InvariantCulture));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Captures_TwentyInARow_DoNotGrowPrivateMemory()
    {
        // A tenth of what twenty graphs of this heap would take if each were left behind.
        using TargetProcess process = TargetProcess.Start("objects 200000");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        long graphBytes = 0;
        for (int warmUp = 0; warmUp < 5; warmUp++)
        {
            using HeapGraph graph = Capture(target);
            graphBytes = graph.MemoryBytes;
        }

        long before = SettledPrivateBytes();
        for (int time = 0; time < 20; time++)
        {
            Capture(target).Dispose();
        }

        long growth = SettledPrivateBytes() - before;
        Assert.True(growth <= 2 * graphBytes, $"20 captures took {new ByteSize(growth)} more, a graph takes {new ByteSize(graphBytes)}.");
    }

    [Fact]
    public void LiveTarget_WhenDisposed_LeavesNoThreadBehind()
    {
        using TargetProcess process = TargetProcess.Start("objects 1000");
        int before = ProcStatus.OwnCaptureThreads();
        LiveTarget target = LiveTarget.Attach(process.Id);
        Capture(target).Dispose();
        Assert.Equal(before + 1, ProcStatus.OwnCaptureThreads());

        target.Dispose();

        // A joined thread may be listed for a moment longer.
        Assert.True(SpinWait.SpinUntil(() => ProcStatus.OwnCaptureThreads() == before, Deadline), $"{before} threads before, {ProcStatus.OwnCaptureThreads()} after.");
    }

    [Fact]
    public void Target_AfterEachCapture_IsFree()
    {
        using TargetProcess process = TargetProcess.Start("threads 50");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        for (int time = 0; time < 5; time++)
        {
            target.Capture(
                _ => Assert.NotEqual("", ProcStatus.Captivity(process.Id)),
                TestContext.Current.CancellationToken).Graph.Dispose();
            Assert.Equal("", ProcStatus.Captivity(process.Id));
        }
    }

    [Fact]
    public void Target_AfterAnExceptionInTheStop_IsFreeAndCanBeCapturedAgain()
    {
        using TargetProcess process = TargetProcess.Start("objects 1000");
        using LiveTarget target = LiveTarget.Attach(process.Id);

        var thrown = Assert.Throws<InvalidOperationException>(() => target.Capture(_ => throw new InvalidOperationException("in the stop"), TestContext.Current.CancellationToken));

        Assert.Equal("in the stop", thrown.Message);
        Assert.Equal("", ProcStatus.Captivity(process.Id));
        Assert.Equal("done 1", process.Ask("op"));
        using HeapGraph graph = Capture(target);
        Assert.Null(graph.IncompleteReason);
    }

    [Fact]
    public async Task Signals_SentToTheTargetDuringCaptures_AllArrive()
    {
        using TargetProcess process = TargetProcess.Start("signals");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using var enough = new CancellationTokenSource();
        int sent = 0;
        Task sending = Task.Run(
            () =>
            {
                // One at a time: the kernel merges equal signals that are pending together.
                while (!enough.IsCancellationRequested)
                {
                    Assert.Equal(0, Kill(process.Id, WindowChanged));
                    sent++;
                    AwaitCount(process, sent);
                }
            },
            TestContext.Current.CancellationToken);
        for (int time = 0; time < 100 && !sending.IsCompleted; time++)
        {
            Capture(target).Dispose();
        }

        await enough.CancelAsync();
        await sending;
        Assert.True(sent > 100, $"Only {sent} signals were sent in 100 captures.");
    }

    private static void AwaitCount(TargetProcess process, int expected)
    {
        var elapsed = Stopwatch.StartNew();
        string answer;
        while ((answer = process.Ask("count")) != $"signals {expected}")
        {
            Assert.True(elapsed.Elapsed < Deadline, $"{expected} signals were sent, the target counts: {answer}.");
        }
    }

    private static HeapGraph Capture(LiveTarget target) => target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;

    private static Dictionary<string, int> CountByType(LiveTarget target)
    {
        using HeapGraph graph = Capture(target);
        return Enumerable.Range(0, graph.NodeCount)
            .GroupBy(node => graph.TypeOf(new NodeIndex(node)).Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }

    private static long SettledPrivateBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        return ProcStatus.OwnPrivateBytes();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
