using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

public sealed class ReachabilityTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void From_RandomHeap_AgreesWithTheDefinition(int seed)
    {
        using HeapGraph graph = RandomHeap.Of(seed);
        var expected = NaiveSearch.Distances(graph, graph.Roots, new HashSet<int>()).Keys.ToHashSet();

        Reachability actual = Reachability.From(graph, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Count, actual.Nodes.Count);
        Assert.Equal(expected.Sum(node => graph.SizeOf(new NodeIndex(node))), actual.Bytes);
        Assert.All(Enumerable.Range(0, graph.NodeCount), node => Assert.Equal(expected.Contains(node), actual.Nodes.Contains(new NodeIndex(node))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RetainedBy_RandomSet_IsWhatNoOtherWayReaches(int seed)
    {
        using HeapGraph graph = RandomHeap.Of(seed);
        Random random = new(seed);
        var owners = Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(graph.NodeCount)).ToHashSet();
        var all = NaiveSearch.Distances(graph, graph.Roots, new HashSet<int>()).Keys;
        var rest = NaiveSearch.Distances(graph, graph.Roots, owners).Keys;
        int[] gone = [.. all.Except(rest)];

        RetainedSize retained = Reachability
            .From(graph, TestContext.Current.CancellationToken)
            .RetainedBy(NodeSet.Of(graph, owners.Select(node => new NodeIndex(node))), TestContext.Current.CancellationToken);

        Assert.Equal(new RetainedSize(gone.Length, gone.Sum(node => graph.SizeOf(new NodeIndex(node)))), retained);
    }

    [Fact]
    public void From_Cancelled_Stops()
    {
        using HeapGraph graph = RandomHeap.Of(1);
        Assert.Throws<OperationCanceledException>(() => Reachability.From(graph, new CancellationToken(canceled: true)));
    }
}
