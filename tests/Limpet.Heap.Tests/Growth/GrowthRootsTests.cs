using Limpet.Heap.Growth;

namespace Limpet.Heap.Tests.Growth;

public sealed class GrowthRootsTests
{
    [Fact]
    public void Find_OneLeakInManyTypes_IsOne() => AssertRoots(
        (h, operations) => h.Static("Shop.Cache.entries").To(Dictionary(h, operations)),
        """
        Shop.Order +30, 4320 B of static field Shop.Cache.entries (System.Collections.Generic.Dictionary<string, Shop.Order>): 4 paths
          StaticField Shop.Cache.entries ⟶ System.Collections.Generic.Dictionary<System.String, Shop.Order> ⟶ _entries: System.Collections.Generic.Dictionary<System.String, Shop.Order>+Entry[] ⟶ [x].value: Shop.Order
        """);

    [Fact]
    public void Find_TwoLeaks_AreTwo() => AssertRoots(
        (h, operations) =>
        {
            h.Static("Shop.Cache.entries").To(Dictionary(h, operations));
            h.Static("Shop.Program.store").To(h.Object("Shop.Store", ("log", List(h, "Shop.LogLine", operations * 2))));
        },
        """
        Shop.Order +30, 4320 B of static field Shop.Cache.entries (System.Collections.Generic.Dictionary<string, Shop.Order>): 4 paths
          StaticField Shop.Cache.entries ⟶ System.Collections.Generic.Dictionary<System.String, Shop.Order> ⟶ _entries: System.Collections.Generic.Dictionary<System.String, Shop.Order>+Entry[] ⟶ [x].value: Shop.Order
        Shop.LogLine +60, 1440 B of field Shop.Store.log (System.Collections.Generic.List<Shop.LogLine>): 1 paths
          StaticField Shop.Program.store ⟶ Shop.Store ⟶ log: System.Collections.Generic.List<Shop.LogLine> ⟶ _items: Shop.LogLine[] ⟶ [x]: Shop.LogLine
        """);

    [Fact]
    public void Find_TwoLinkedListsOfOneObject_AreTwo() => AssertRoots(
        (h, operations) => h.Static("Shop.Program.store").To(h.Object(
            "Shop.Store",
            ("first", Chain(h, "Shop.First", operations)),
            ("second", Chain(h, "Shop.Second", operations * 2)))),
        """
        Shop.Second +60, 1440 B of field Shop.Store.second (Shop.Second): 1 paths
          StaticField Shop.Program.store ⟶ Shop.Store ⟶ second: Shop.Second
        Shop.First +30, 720 B of field Shop.Store.first (Shop.First): 1 paths
          StaticField Shop.Program.store ⟶ Shop.Store ⟶ first: Shop.First
        """);

    [Fact]
    public void Find_EventHandlers_NamesTheSubscriber() => AssertRoots(
        (h, operations) => h.Static("Shop.Bus.Changed").To(h.Multicast(
            "System.EventHandler",
            [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.EventHandler", h.Object("Shop.OrderView", ("name", h.Object("System.String")))))])),
        """
        Shop.OrderView +30, 2160 B of static field Shop.Bus.Changed (System.EventHandler): 3 paths
          StaticField Shop.Bus.Changed ⟶ System.EventHandler ⟶ _invocationList: System.Object[] ⟶ [x]: System.EventHandler ⟶ _target: Shop.OrderView
        """);

    [Fact]
    public void Find_APackagesObjectAroundAUsersOwn_NamesTheUsers() => AssertRoots(
        (h, operations) => h.Static("Shop.Program.pushed").To(h.Array("Log.Enricher[]", [.. Enumerable.Range(0, operations).Select(_ => h.OfPackage("Log.Enricher", ("value", h.Object("Shop.Order"))))])),
        """
        Shop.Order +30, 1440 B of static field Shop.Program.pushed (Log.Enricher[]): 2 paths
          StaticField Shop.Program.pushed ⟶ Log.Enricher[] ⟶ [x]: Log.Enricher ⟶ value: Shop.Order
        """);

    [Fact]
    public void Find_AUsersObjectAroundAPackages_NamesTheUsers() => AssertRoots(
        (h, operations) => h.Static("Shop.Program.pushed").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order", ("value", h.OfPackage("Log.Enricher"))))])),
        """
        Shop.Order +30, 1440 B of static field Shop.Program.pushed (Shop.Order[]): 2 paths
          StaticField Shop.Program.pushed ⟶ Shop.Order[] ⟶ [x]: Shop.Order
        """);

    [Fact]
    public void Trace_OfAChain_ShowsTheLinkThatHolds() => Assert.Equal(
        """
        StaticField Shop.Program.editor
        ~ Shop.Editor → latest No: 1 object in every round
          Shop.Revision (40 in a row through next) Yes: +1.00 per operation in 8 of 8 rounds
        """,
        TraceText.Of(Rounds.TraceOf((h, operations) => h.Static("Shop.Program.editor").To(h.Object("Shop.Editor", ("latest", Chain(h, "Shop.Revision", operations))))).Trace));

    [Fact]
    public void Find_ClosureAroundAUsersObject_NamesTheObject() => AssertRoots(
        (h, operations) => h.Static("Shop.Bus.handlers").To(h.Object("System.Collections.Generic.List<System.Action>", ("_items", h.Array(
            "System.Action[]",
            [.. Enumerable.Range(0, operations).Select(_ => h.Delegate("System.Action", h.Object("Shop.OrderService+<>c__DisplayClass3_0", ("order", h.Object("Shop.Order")))))])))),
        """
        Shop.Order +30, 2160 B of static field Shop.Bus.handlers (System.Collections.Generic.List<System.Action>): 3 paths
          StaticField Shop.Bus.handlers ⟶ System.Collections.Generic.List<System.Action> ⟶ _items: System.Action[] ⟶ [x]: System.Action ⟶ _target: Shop.OrderService+<>c__DisplayClass3_0 ⟶ order: Shop.Order
        """);

    [Fact]
    public void Find_FrameworkTypesOnly_NamesTheTopmost() => AssertRoots(
        (h, operations) => h.Root(RootKind.StrongHandle, "strong").To(h.Object("Microsoft.Cache", ("list", List(h, "System.Byte[]", operations)))),
        """
        System.Byte[] +30, 720 B of field Microsoft.Cache.list (System.Collections.Generic.List<byte[]>): 1 paths
          StrongHandle strong ⟶ Microsoft.Cache ⟶ list: System.Collections.Generic.List<System.Byte[]> ⟶ _items: System.Byte[][] ⟶ [x]: System.Byte[]
        """);

    [Theory]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary<System.String, Microsoft.Logger>+Node", "_value", "Microsoft.Logger", "Microsoft.Logger")]
    [InlineData("System.Threading.CancellationTokenSource+CallbackNode", "CallbackState", "System.Threading.CancellationTokenSource+Linked1CancellationTokenSource", "System.Threading.CancellationTokenSource+Linked1CancellationTokenSource")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary<System.String, System.String>+Node", "_value", "System.String", "System.Collections.Concurrent.ConcurrentDictionary<System.String, System.String>+Node")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary<System.String, System.Int32>", "_comparer", "System.Collections.Comparer", "System.Collections.Concurrent.ConcurrentDictionary<System.String, System.Int32>")]
    [InlineData("Microsoft.Session", "lock", "System.Threading.Lock", "Microsoft.Session")]
    public void Find_FrameworkTypesOnly_NamesWhatANodeHoldsAndNoNode(string top, string member, string held, string subject)
    {
        PathGrowth growth = Rounds.Of((h, operations) => h.Static("Microsoft.Registry.all").To(h.Array(
            "System.Object[]",
            [.. Enumerable.Range(0, operations).Select(_ => h.Object(top, (member, h.Object(held))))])));

        Assert.Equal([subject], GrowthRoots.Find(growth, Rounds.IsSteady).Select(root => root.Subject.Path.Type));
    }

    [Fact]
    public void Find_FrameworkCacheOfAUser_NamesTheUsersField() => AssertRoots(
        (h, operations) => h.Static("Shop.Program.store").To(h.Object("Shop.Store", ("cache", h.Object(
            "Microsoft.Extensions.Caching.Memory.MemoryCache",
            ("_state", h.Object("Microsoft.Extensions.Caching.Memory.CoherentState", ("_entries", List(h, "Shop.Order", operations)))))))),
        """
        Shop.Order +30, 720 B of field Shop.Store.cache (Microsoft.Extensions.Caching.Memory.MemoryCache): 1 paths
          StaticField Shop.Program.store ⟶ Shop.Store ⟶ cache: Microsoft.Extensions.Caching.Memory.MemoryCache ⟶ _state: Microsoft.Extensions.Caching.Memory.CoherentState ⟶ _entries: System.Collections.Generic.List<Shop.Order> ⟶ _items: Shop.Order[] ⟶ [x]: Shop.Order
        """);

    [Fact]
    public void Find_ParentThatWavers_IsStillOneLeak() => AssertRoots(
        (h, operations) => h.Static("Shop.all").To(h.Array("Shop.Session[]", [.. Enumerable.Range(0, operations).Select(index =>
        {
            HeapObject session = h.Object("Shop.Session", ("user", h.Object("Shop.User")));
            if (index < 5 + (operations % 20))
            {
                session.Set("buffer", h.Object("Shop.Buffer", ("owner", h.Array("Shop.Page[]", [.. Enumerable.Range(0, operations / 10).Select(_ => h.Object("Shop.Page"))]))));
            }

            return session;
        })])),
        """
        Shop.Session +30, 1440 B of static field Shop.all (Shop.Session[]): 5 paths
          StaticField Shop.all ⟶ Shop.Session[] ⟶ [x]: Shop.Session
        """,
        series => series.Path.Type is "Shop.Session" or "Shop.Page");

    [Fact]
    public void Find_ListBehindOneOfManyThatGrow_IsALeakOfItsOwn() => AssertRoots(
        (h, operations) =>
        {
            HeapObject server = h.Object("Shop.Server", ("links", List(h, "Shop.Link", operations + 30)));
            h.Static("System.Net.Engine.contexts").To(h.Array(
                "System.Net.Context[]",
                [.. Enumerable.Range(0, operations).Select(index => index == 0 ? h.Object("System.Net.Context", ("accept", server)) : h.Object("System.Net.Context"))]));
        },
        """
        System.Net.Context +30, 1440 B of static field System.Net.Engine.contexts (System.Net.Context[]): 1 paths
          StaticField System.Net.Engine.contexts ⟶ System.Net.Context[] ⟶ [x]: System.Net.Context
        Shop.Link +30, 720 B of field Shop.Server.links (System.Collections.Generic.List<Shop.Link>): 1 paths
          StaticField System.Net.Engine.contexts ⟶ System.Net.Context[] ⟶ [x]: System.Net.Context ⟶ accept: Shop.Server ⟶ links: System.Collections.Generic.List<Shop.Link> ⟶ _items: Shop.Link[] ⟶ [x]: Shop.Link
        """);

    [Fact]
    public void Find_SuspendedAsyncMethodOfAUser_NamesTheMethod()
    {
        GrowthRoot root = Assert.Single(Rounds.RootsOf((h, operations) => h.Static("Shop.Gate.waiting").To(List(
            h,
            "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Int32>+AsyncStateMachineBox<Shop.OrderService+<Start>d__3>",
            operations))));

        Assert.Equal("async OrderService.Start()", root.SubjectName);
        Assert.Equal([10, 20, 30, 40], root.Counts);
    }

    [Fact]
    public void Find_NothingGrows_IsEmpty()
    {
        PathGrowth growth = Rounds.Of((h, _) => h.Static("Shop.Cache.entries").To(Dictionary(h, 10)));

        Assert.Empty(growth.Paths);
        Assert.Empty(growth.Types);
        Assert.Empty(GrowthRoots.Find(growth, _ => true));
    }

    [Fact]
    public void Of_PathThatComesAndGoes_CountsZeroWhereItIsAbsent()
    {
        PathGrowth growth = Rounds.Of((h, operations) => h.Static(operations == 20 ? "Shop.now" : "Shop.then").To(h.Object(operations == 30 ? "A" : "B")));

        Assert.Equal(
            """
            Shop.then B: 1 0 0 1
            Shop.now B: 0 1 0 0
            Shop.then A: 0 0 1 0
            A: 0 0 1 0
            B: 1 1 0 1
            """,
            string.Join('\n', growth.Paths.Select(series => $"{series.Path.Root.Name} {series.Path.Type}: {string.Join(' ', series.Counts)}")
                .Concat(growth.Types.Select(series => $"{series.Type}: {string.Join(' ', series.Counts)}"))));
    }

    private static HeapObject Dictionary(Heap h, int count)
    {
        HeapObject entries = h.Structs("System.Collections.Generic.Dictionary<System.String, Shop.Order>+Entry[]");
        for (int entry = 0; entry < count; entry++)
        {
            entries.Set("key", h.Object("System.String").Sized(32));
            entries.Set("value", h.Object("Shop.Order", ("lines", h.Array("Shop.Line[]", h.Object("Shop.Line")))).Sized(64));
        }

        return h.Object("System.Collections.Generic.Dictionary<System.String, Shop.Order>", ("_entries", entries));
    }

    private static HeapObject List(Heap h, string type, int count) => h.Object(
        $"System.Collections.Generic.List<{type}>",
        ("_items", h.Array(type + "[]", [.. Enumerable.Range(0, count).Select(_ => h.Object(type))])));

    private static HeapObject Chain(Heap h, string type, int count)
    {
        HeapObject head = h.Object(type);
        for (int length = 1; length < count; length++)
        {
            head = h.Object(type, ("next", head));
        }

        return head;
    }

    private static void AssertRoots(Action<Heap, int> describe, string expected, Func<PathSeries, bool>? grows = null) =>
        Assert.Equal(
            expected,
            string.Join('\n', GrowthRoots.Find(Rounds.Of(describe), grows ?? Rounds.IsSteady).Select(root =>
                $"{root.Subject.Path.Type} +{root.Subject.CountGrowth}, {root.Bytes[^1] - root.Bytes[0]} B of {root.Container.Name} ({root.Container.Type}): {root.Members.Length} paths\n  {root.RawPath}")));
}
