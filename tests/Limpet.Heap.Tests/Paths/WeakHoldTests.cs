using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests.Paths;

/// <summary>What <c>why</c> says of objects that no root reaches.</summary>
public sealed class WeakHoldTests
{
    [Fact]
    public void Ask_ObjectsThatOnlyWeakHandlesPointTo_CountsHandlesAndObjects()
    {
        WeakHold? weak = Ask("Shop.View", h =>
        {
            HeapObject[] views = [h.Object("Shop.View"), h.Object("Shop.View"), h.Object("Shop.View")];
            h.Weak(views[0]);
            h.Weak(views[0], isLong: true);
            h.Weak(views[1]);
            h.Weak(h.Object("Shop.Other"));
        });

        Assert.Equal(new WeakHold(2, 1, 2) { GoesWithGeneration = 2 }, weak);
    }

    [Fact]
    public void Ask_ObjectsThatRootsReach_HasNothingToSay() => Assert.Null(Ask("Shop.View", h =>
    {
        HeapObject view = h.Object("Shop.View");
        h.Weak(view);
        h.Static("Shop.Program.view").To(view);
    }));

    [Fact]
    public void Ask_SomeThatRootsReach_IsOfTheOthers()
    {
        WeakHold? weak = Ask("Shop.View", h =>
        {
            HeapObject held = h.Object("Shop.View");
            h.Weak(held);
            h.Weak(h.Object("Shop.View"));
            h.Static("Shop.Program.view").To(held);
        });

        Assert.Equal((1, 0, 1), (weak!.ShortHandles, weak.LongHandles, weak.Objects));
    }

    [Theory]
    [InlineData(HeapGeneration.Gen0, 0)]
    [InlineData(HeapGeneration.Gen1, 1)]
    [InlineData(HeapGeneration.Gen2, 2)]
    [InlineData(HeapGeneration.Large, 2)]
    [InlineData(HeapGeneration.Pinned, 2)]
    [InlineData(HeapGeneration.Frozen, null)]
    [InlineData(HeapGeneration.Unknown, null)]
    public void Ask_Garbage_GoesWithACollectionOfItsGeneration(HeapGeneration place, int? generation) => Assert.Equal(generation, Ask("Shop.View", h =>
    {
        h.In(place);
        h.Object("Shop.View");
    })!.GoesWithGeneration);

    [Theory]
    [InlineData(HeapGeneration.Gen2, 2)]
    [InlineData(HeapGeneration.Gen1, 1)]
    [InlineData(HeapGeneration.Gen0, 0)]
    public void Ask_YoungGarbageThatOlderGarbageReaches_WaitsForThat(HeapGeneration older, int generation) => Assert.Equal(generation, Ask("Shop.View", h =>
    {
        h.In(older);
        HeapObject page = h.Object("Shop.Page");
        h.In(HeapGeneration.Gen0);
        page.Set("frame", h.Object("Shop.Frame", ("view", h.Object("Shop.View"))));
    })!.GoesWithGeneration);

    [Fact]
    public void Ask_YoungGarbageThatLiveObjectsOfGeneration2LieBeside_IsNotKeptByThem() => Assert.Equal(0, Ask("Shop.View", h =>
    {
        h.In(HeapGeneration.Gen2);
        h.Static("Shop.Program.page").To(h.Object("Shop.Page"));
        h.In(HeapGeneration.Gen0);
        h.Object("Shop.View");
    })!.GoesWithGeneration);

    [Fact]
    public void Ask_KeyAndValueOfDependentHandles_NamesBoth()
    {
        static void Table(Heap h)
        {
            foreach (HeapObject key in (HeapObject[])[h.Object("Shop.Ticket"), h.Object("Shop.Ticket")])
            {
                key.Set("first", h.Object("Shop.Gate")).Set("(dependent)", h.Object("Shop.Receipt")).Set("(dependent)", h.Object("Shop.Stamp"));
            }
        }

        Assert.Equal([new DependentPair("Shop.Ticket", "Shop.Receipt", 2, AsKey: false)], Ask("Shop.Receipt", Table)!.Dependent);
        Assert.Equal(
            [new DependentPair("Shop.Ticket", "Shop.Receipt", 2, AsKey: true), new DependentPair("Shop.Ticket", "Shop.Stamp", 2, AsKey: true)],
            Ask("Shop.Ticket", Table)!.Dependent);
        Assert.Empty(Ask("Shop.Gate", Table)!.Dependent);
    }

    private static WeakHold? Ask(string type, Action<Heap> describe)
    {
        using HeapGraph graph = Heap.Of(describe);
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        WeakHold? weak = query.Ask(type, 5, TestContext.Current.CancellationToken).Weak;
        return weak is { Dependent: [] } ? weak with { Dependent = [] } : weak;
    }
}
