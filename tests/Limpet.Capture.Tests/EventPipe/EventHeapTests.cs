using Limpet.Capture.EventPipe;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests.EventPipe;

/// <summary>A heap by events is the heap that the memory of the same process holds: the same objects by type, sizes and references.</summary>
public sealed class EventHeapTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("array-of-structs")]
    [InlineData("collectible")]
    [InlineData("dependent-handles")]
    [InlineData("handles")]
    [InlineData("statics")]
    [InlineData("loh-poh-frozen")]
    [InlineData("closures")]
    public async Task CaptureAsync_OfEachShape_EqualsTheMemory(string target)
    {
        using TargetProcess process = TargetProcess.Start(target);
        await CheckAsync(process.Id);
    }

    [Fact]
    public async Task CaptureAsync_WithServerGc_EqualsTheMemory()
    {
        using TargetProcess process = TargetProcess.Start("objects 20000", new Dictionary<string, string> { ["DOTNET_gcServer"] = "1", ["DOTNET_GCDynamicAdaptationMode"] = "0" });
        await CheckAsync(process.Id);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public async Task CaptureAsync_OfAnOlderRuntime_EqualsTheMemory(string framework)
    {
        using TargetProcess process = TargetProcess.Start("closures", executable: OlderRuntime.Executable(framework));
        await CheckAsync(process.Id);
    }

    [Fact]
    public async Task CaptureAsync_BufferTooSmall_IsNeverWrongAndCalledComplete()
    {
        using TargetProcess process = TargetProcess.Start("objects 300000");
        using EventHeap heap = await EventHeap.CaptureAsync(process.Id, Deadline, bufferMegabytes: 1, TestContext.Current.CancellationToken);
        long nodes = Enumerable.Range(0, heap.Graph.NodeCount).LongCount(node => heap.Graph.TypeOf(new NodeIndex(node)).Name == "Limpet.TestTargets.Node");
        Assert.True(heap.Graph.IncompleteReason is not null || nodes == long.Parse(process.Truth["Node"]), $"{nodes} objects are called complete.");
    }

    [Fact]
    public async Task CaptureAsync_PortSwitchedOff_IsRefused()
    {
        using TargetProcess process = TargetProcess.Start("objects 10", new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" });
        LimpetException refused = await Assert.ThrowsAsync<LimpetException>(() => EventHeap.CaptureAsync(process.Id, Deadline, TestContext.Current.CancellationToken));
        Assert.Equal(Trouble.Refused, refused.Trouble);
        Assert.StartsWith($"The heap of process {process.Id} cannot be had by events: ", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Compares, again where they differ: the runtime has threads and objects of its own, which come and go in a quiet program, too.</summary>
    private static async Task CheckAsync(int pid)
    {
        const int Most = 5;
        using LiveTarget target = LiveTarget.Attach(pid);
        for (int time = 1; !await CompareAsync(target, mustEqual: time == Most); time++)
        {
        }
    }

    private static async Task<bool> CompareAsync(LiveTarget target, bool mustEqual)
    {
        // The first session makes objects in the target: event sources describe themselves.
        (await EventHeap.CaptureAsync(target.ProcessId, Deadline, TestContext.Current.CancellationToken)).Dispose();
        using EventHeap heap = await EventHeap.CaptureAsync(target.ProcessId, Deadline, TestContext.Current.CancellationToken);
        using HeapGraph live = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
        Assert.Null(heap.Graph.IncompleteReason);
        Assert.True(heap.Stall > TimeSpan.Zero, $"It stood still for {heap.Stall}.");

        // The events have the name of a field without its type, which is told where only one type has such a field: never a wrong one.
        Assert.Empty(OwnStatics(heap.Graph).Except(OwnStatics(live)));
        string[] byMemory = Reached(live);
        string[] byEvents = Reached(heap.Graph);
        if (mustEqual)
        {
            Assert.Equal(byMemory, byEvents);
        }

        return byMemory.SequenceEqual(byEvents);
    }

    private static string[] Reached(HeapGraph graph)
    {
        HashSet<int> reached = Reach(graph);
        Dictionary<string, Figures> figures = new(StringComparer.Ordinal);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            NodeIndex index = new(node);
            if (reached.Contains(node))
            {
                Figures sum = figures.GetValueOrDefault(graph.TypeOf(index).Name);
                figures[graph.TypeOf(index).Name] = new Figures(sum.Count + 1, sum.Bytes + graph.SizeOf(index), sum.References + graph.TargetsOf(index).Length);
            }
        }

        // The arrays that threads keep their statics in are objects like others to the events.
        figures.Remove("System.Object[]");
        return [.. figures.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {entry.Value}")];
    }

    /// <summary>What the roots reach; what waits for its finalizer may have been finalized from one capture to the next.</summary>
    private static HashSet<int> Reach(HeapGraph graph)
    {
        Stack<int> open = new(graph.Roots.Where(root => root.Kind != RootKind.FinalizerQueue).Select(root => root.Target.Value));
        HashSet<int> reached = [];
        while (open.TryPop(out int node))
        {
            if (reached.Add(node))
            {
                foreach (int target in graph.TargetsOf(new NodeIndex(node)))
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }

    private static string[] OwnStatics(HeapGraph graph) =>
    [
        .. graph.Roots.Where(root => root.Kind == RootKind.StaticField && root.Name.StartsWith("Limpet.TestTargets.", StringComparison.Ordinal) && !root.Name.Contains('<', StringComparison.Ordinal))
            .Select(root => $"{root.Name} -> {graph.TypeOf(root.Target).Name}").Distinct().Order(StringComparer.Ordinal),
    ];

    private readonly record struct Figures(int Count, long Bytes, long References);
}
