using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>Captures know how many elements collections have that hold no objects.</summary>
public sealed class CollectionCountTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void Elements_OfCollectionsOfNumbers_AreTheirCounts(string? framework)
    {
        using TargetProcess process = TargetProcess.Start("tallies leaky", executable: framework is null ? null : OlderRuntime.Executable(framework));
        for (int operation = 0; operation < 100; operation++)
        {
            process.Ask("x");
        }

        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
        HeapCensus census = HeapCensus.Take(graph, TestContext.Current.CancellationToken);

        Assert.Equal(
            """
            s_durations 300
            s_lanes 300
            s_numbers 100
            s_seen 100
            """,
            string.Join('\n', census.Elements
                .Select(elements => (Path: census.Paths.Nodes.Single(node => node.Id == elements.Key), Count: elements.Value.Elements))
                .Where(elements => elements.Path.Depth == 1 && elements.Path.Root.Name.Contains(".TalliesTarget.", StringComparison.Ordinal))
                .Select(elements => $"{elements.Path.Root.Name[(elements.Path.Root.Name.LastIndexOf('.') + 1)..]} {elements.Count}")
                .Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void Elements_OfEachKindOfCollection_AreTheirCountsAndOfNothingElse(string? framework)
    {
        using TargetProcess process = TargetProcess.Start("collections", executable: framework is null ? null : OlderRuntime.Executable(framework));
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
        HeapCensus census = HeapCensus.Take(graph, TestContext.Current.CancellationToken);

        Assert.Equal(
            $$"""
            s_array System.Collections.ArrayList 48
            s_bag System.Collections.Concurrent.ConcurrentBag<System.Int64> 52
            s_bytes System.IO.MemoryStream 300
            s_channel System.Collections.Generic.Deque<System.Int64> 54
            s_concurrent System.Collections.Concurrent.ConcurrentQueue<System.Int64> 700
            s_dictionary System.Collections.Generic.Dictionary<System.Int64, System.Int32> 41
            s_ledger Limpet.TestTargets.CollectionsTarget+Ledger 21
            s_list System.Collections.Generic.List<System.Int64> 20
            s_lists System.Collections.Generic.List<System.Collections.Generic.List<System.Int64>> 22
            s_observed System.Collections.Concurrent.ConcurrentQueue<System.Int64> 35
            {{(framework == "net8.0" ? "" : "s_ordered System.Collections.Generic.OrderedDictionary<System.Int64, System.Int32> 49\n")}}s_priority System.Collections.Generic.PriorityQueue<System.Int64, System.Int32> 46
            s_queue System.Collections.Generic.Queue<System.Int64> 44
            s_set System.Collections.Generic.HashSet<System.Int64> 43
            s_sorted System.Collections.Generic.SortedList<System.Int64, System.Int32> 47
            s_stack System.Collections.Generic.Stack<System.Int64> 45
            s_text System.Text.StringBuilder 20100
            s_views System.Collections.Generic.List<System.Object> 19
            s_written System.Buffers.ArrayBufferWriter<System.Byte> 64
            """,
            string.Join('\n', census.Elements
                .Select(elements => (Path: census.Paths.Nodes.Single(node => node.Id == elements.Key), Count: elements.Value.Elements))
                .Where(elements => elements.Path.Root.Name.Contains(".CollectionsTarget.", StringComparison.Ordinal) || elements.Path.Type.Contains("Int64", StringComparison.Ordinal))
                .Select(elements => $"{elements.Path.Root.Name[(elements.Path.Root.Name.LastIndexOf('.') + 1)..]} {elements.Path.Type} {elements.Count}")
                .Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("used 0 places", 7, 0, 0, 0, 7)]
    [InlineData("some free again", 7, 3, 0, 0, 4)]
    [InlineData("a part of a queue", 40, 10, 31, 0, 30)]
    [InlineData("a part that is closed", 40 + 64, 10, 31, 0, 30)]
    [InlineData("beyond the object", 7, 3, 0, 24, 0)]
    public unsafe void Read_FieldsOfAnObject_IsTheNumber(string what, int used, int free, int mask, int shift, int expected)
    {
        int* fields = stackalloc int[8];
        (fields[2], fields[3], fields[4]) = (used, free, mask);
        CountPlace place = new(8 + shift, free == 0 ? 0 : 12 + shift, mask == 0 ? 0 : 16 + shift);

        Assert.True(expected == place.Read((byte*)fields, 32), what);
    }
}
