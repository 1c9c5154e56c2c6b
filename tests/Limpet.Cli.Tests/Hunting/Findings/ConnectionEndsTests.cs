using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Resources;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting.Findings;

public sealed class ConnectionEndsTests
{
    [Fact]
    public void Pairs_CountsConnectionsWithBothEndsHere() => Assert.Equal(2, ConnectionEnds.Pairs(
    [
        Tcp("127.0.0.1:40001", "127.0.0.1:80"),
        Tcp("127.0.0.1:80", "127.0.0.1:40001"),
        Tcp("127.0.0.1:40002", "127.0.0.1:80"),
        Tcp("127.0.0.1:80", "127.0.0.1:40002"),
        Tcp("127.0.0.1:40003", "127.0.0.1:5432"),
        new SocketInfo("UDP", "", "127.0.0.1:9000", ""),
    ]));

    [Fact]
    public void Join_BothEndsOfTheSameConnections_IsTheUsers() => AssertJoined("static field Shop.Desk.clients + static field System.Net.Engine.contexts", [600, 600], 600);

    [Fact]
    public void Join_EndsElsewhere_AreTwo() => AssertJoined("static field Shop.Desk.clients, static field System.Net.Engine.contexts", [600, 600], 0);

    [Fact]
    public void Join_UnequalGrowth_AreTwo() => AssertJoined("static field Shop.Desk.clients, static field System.Net.Engine.contexts", [600, 300], 600);

    [Fact]
    public void Join_NoSockets_AreTwo() => AssertJoined("static field Shop.Desk.clients, static field System.Net.Engine.contexts", [600, 0], 600);

    [Fact]
    public void Join_TwoPlacesOfTheUsers_AreTwo() => Assert.Equal(
        2,
        ConnectionEnds.Join([Group("Shop.Desk.clients"), Group("Shop.Server.sessions")], [600, 600], 600).Length);

    private static void AssertJoined(string expected, double[] sockets, double pairs) => Assert.Equal(
        expected,
        string.Join(", ", ConnectionEnds.Join([Group("Shop.Desk.clients"), Group("System.Net.Engine.contexts")], sockets, pairs)
            .Select(group => string.Join(" + ", group.Roots.Select(root => root.Container.Name)))));

    private static SocketInfo Tcp(string local, string peer) => new("TCP", "ESTABLISHED", local, peer);

    private static GrowthGroup Group(string field)
    {
        PathGrowth growth = PathGrowth.Of([.. new[] { 10, 20 }.Select(count =>
        {
            using HeapGraph graph = TestHeap.Of(h => h.Static(field).To(h.Array("System.Object[]", [.. Enumerable.Range(0, count).Select(_ => h.Object("Shop.Client"))])));
            return HeapCensus.Take(graph, TestContext.Current.CancellationToken);
        })]);
        ImmutableArray<GrowthRoot> roots = GrowthRoots.Find(growth, series => series.CountGrowth > 0);
        return new GrowthGroup(Assert.Single(roots), []);
    }
}
