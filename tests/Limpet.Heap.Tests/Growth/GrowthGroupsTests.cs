namespace Limpet.Heap.Tests.Growth;

/// <summary>What is one leak that shows in several places, and what is two.</summary>
public sealed class GrowthGroupsTests
{
    private const string Thread = "System.Threading.Thread";

    [Fact]
    public void Of_ThreadObjectsAndWhatTheirStacksHold_IsOne() => AssertGroups(
        "Shop.Poll of local or argument of Poller.Run + System.Threading.Thread of strong GC handle on 40 stacks",
        (h, operations) => Threads(h, operations, "Poller.Run", "Shop.Poll"));

    [Fact]
    public void Of_SeveralLocalsOfOneThread_IsOne() => AssertGroups(
        "Shop.Poll of local or argument of Poller.Run + Shop.Batch of local or argument of Poller.Send + System.Threading.Thread of strong GC handle on 40 stacks",
        (h, operations) =>
        {
            Threads(h, operations, "Poller.Run", "Shop.Poll", 40);
            Stacks(h, operations, "Poller.Send", "Shop.Batch", 1);
        });

    [Fact]
    public void Of_ThreeObjectsOnEachStack_IsOne() => AssertGroups(
        "Shop.Poll of local or argument of Poller.Run + System.Threading.Thread of strong GC handle on 40 stacks",
        (h, operations) =>
        {
            Threads(h, operations, "Poller.Run", "Shop.Poll");
            Stacks(h, operations, "Poller.Run", "Shop.Poll", 1);
            Stacks(h, operations, "Poller.Run", "Shop.Poll", 1);
        });

    [Fact]
    public void Of_WorkersOfAUsersListAndTheirStacks_IsTheList() => AssertGroups(
        "Shop.Worker of static field Shop.Pool.workers + Shop.Poll of local or argument of Worker.Run on 40 stacks",
        (h, operations) =>
        {
            List(h, "Shop.Pool.workers", operations, _ => h.Object("Shop.Worker", ("thread", h.Object(Thread))));
            Stacks(h, operations, "Worker.Run", "Shop.Poll", 1);
        });

    [Fact]
    public void Of_ThreadsOfTwoMethods_AreTwo() => AssertGroups(
        """
        Shop.Mail of local or argument of Mailer.Run + System.Threading.Thread of strong GC handle on 40 stacks
        Shop.Poll of local or argument of Poller.Run on 40 stacks
        """,
        (h, operations) =>
        {
            Threads(h, operations, "Mailer.Run", "Shop.Mail", 64);
            for (int thread = 1000; thread < 1000 + operations; thread++)
            {
                h.Root(RootKind.StrongHandle, "strong GC handle").To(h.Object(Thread));
                h.Stack("Poller.Run", thread).To(h.Object("Shop.Poll"));
            }
        });

    [Fact]
    public void Of_ThreadsAndAListThatGrowsAlike_AreTwo() => AssertGroups(
        """
        Shop.Order of static field Shop.Cache.orders
        Shop.Poll of local or argument of Poller.Run + System.Threading.Thread of strong GC handle on 40 stacks
        """,
        (h, operations) =>
        {
            Threads(h, operations, "Poller.Run", "Shop.Poll");
            List(h, "Shop.Cache.orders", operations, _ => h.Object("Shop.Order"));
        });

    [Fact]
    public void Of_ThreadsAndAListOnOneStack_AreTwo() => AssertGroups(
        """
        Shop.Order of local or argument of Program.Main
        System.Threading.Thread of strong GC handle
        """,
        (h, operations) =>
        {
            for (int operation = 0; operation < operations; operation++)
            {
                h.Root(RootKind.StrongHandle, "strong GC handle").To(h.Object(Thread));
            }

            h.Stack("Program.Main", 1).To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))]));
        });

    [Fact]
    public void Of_ATableOfTheRuntimesThatRefersToThem_IsOne() => AssertGroups(
        "Shop.Feed of static field Shop.Feeds.all + System.Net.Sockets.SocketContext of static field System.Net.Engine.contexts",
        (h, operations) => Registered(h, operations, new HeapObject[operations]));

    [Fact]
    public void Of_ATableOfTheRuntimesThatTheyReferTo_IsOne() => AssertGroups(
        "Shop.Feed of field Shop.Worker.all + System.Threading.TimerQueueTimer of static field System.Threading.TimerQueue.timers",
        (h, operations) =>
        {
            HeapObject[] timers = [.. Enumerable.Range(0, operations).Select(_ => h.Object("System.Threading.TimerQueueTimer"))];
            h.Static("System.Threading.TimerQueue.timers").To(h.Array("System.Threading.TimerQueueTimer[]", timers));
            Worker(h, operations, index => h.Object("Shop.Feed", ("inner", h.Object("System.Threading.Holder", ("timer", timers[index])))));
        });

    [Fact]
    public void Of_HandlersOfObjectsInAList_IsOne() => AssertGroups(
        "Shop.View of static field Shop.Views.open + System.EventHandler of static field Shop.Bus.Changed",
        (h, operations) =>
        {
            HeapObject[] views = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.View"))];
            h.Static("Shop.Views.open").To(h.Array("Shop.View[]", views));
            h.Static("Shop.Bus.Changed").To(h.Multicast("System.EventHandler", [.. views.Select(view => h.Delegate("System.EventHandler", view))]));
        });

    [Fact]
    public void Of_AGraphThatLeaksAsAWhole_IsItsTop() => AssertGroups(
        "Shop.Order of static field Shop.Cache.orders",
        (h, operations) => List(h, "Shop.Cache.orders", operations, _ => h.Object(
            "Shop.Order",
            ("customer", h.Object("Shop.Customer", ("address", h.Object("Shop.Address", ("street", h.Object("System.String")))))),
            ("lines", h.Array("Shop.Line[]", h.Object("Shop.Line"), h.Object("Shop.Line"))))));

    [Fact]
    public void Of_TwoListsAlike_AreTwo() => AssertGroups(
        """
        Shop.Line of static field Shop.Audit.lines
        Shop.Order of static field Shop.Cache.orders
        """,
        (h, operations) =>
        {
            List(h, "Shop.Audit.lines", operations, _ => h.Object("Shop.Line"));
            List(h, "Shop.Cache.orders", operations, _ => h.Object("Shop.Order"));
        });

    [Fact]
    public void Of_TwoListsOfTheUsersWhoseObjectsReferToEachOther_AreTwo() => AssertGroups(
        """
        Shop.Line of static field Shop.Audit.lines
        Shop.Order of static field Shop.Cache.orders
        """,
        (h, operations) =>
        {
            HeapObject[] orders = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order"))];
            h.Static("Shop.Cache.orders").To(h.Array("Shop.Order[]", orders));
            List(h, "Shop.Audit.lines", operations, index => h.Object("Shop.Line", ("order", orders[index])));
        });

    [Fact]
    public void Of_ATableOfTheRuntimesThatRefersToOneSharedObject_AreTwo() => AssertGroups(
        """
        Shop.Feed of static field Shop.Feeds.all
        System.Threading.TimerQueueTimer of static field System.Threading.TimerQueue.timers
        """,
        (h, operations) =>
        {
            HeapObject[] feeds = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Feed"))];
            h.Static("Shop.Feeds.all").To(h.Array("Shop.Feed[]", feeds));
            h.Static("System.Threading.TimerQueue.timers").To(h.Array(
                "System.Threading.TimerQueueTimer[]",
                [.. Enumerable.Range(0, operations).Select(_ => h.Object("System.Threading.TimerQueueTimer", ("state", feeds[0])))]));
        });

    [Fact]
    public void Of_ATableOfTheRuntimesThatGrowsBesides_AreTwo() => AssertGroups(
        """
        Shop.Feed of static field Shop.Feeds.all
        System.Net.Sockets.SocketContext of static field System.Net.Engine.contexts
        """,
        (h, operations) => Registered(h, operations, new HeapObject[operations / 4]));

    [Fact]
    public void Of_TextsOfTheFrameworkAlike_AreTwo() => AssertGroups(
        """
        Shop.Order of static field Shop.Cache.orders
        string of static field Shop.Cache.names
        """,
        (h, operations) =>
        {
            List(h, "Shop.Cache.orders", operations, _ => h.Object("Shop.Order"));
            List(h, "Shop.Cache.names", operations, _ => h.Object("System.String"));
        });

    [Fact]
    public void Of_OneTableThatSharesItselfBetweenTwoLists_StaysWithTheLarger() => AssertGroups(
        """
        Shop.Feed of static field Shop.Feeds.all + System.Threading.TimerQueueTimer of static field System.Threading.TimerQueue.timers
        Shop.Mail of static field Shop.Mails.all
        """,
        (h, operations) =>
        {
            HeapObject[] feeds = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Feed").Sized(64))];
            HeapObject[] mails = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Mail"))];
            h.Static("Shop.Feeds.all").To(h.Array("Shop.Feed[]", feeds));
            h.Static("Shop.Mails.all").To(h.Array("Shop.Mail[]", mails));
            h.Static("System.Threading.TimerQueue.timers").To(h.Array(
                "System.Threading.TimerQueueTimer[]",
                [.. feeds.Concat(mails).Select(state => h.Object("System.Threading.TimerQueueTimer", ("state", state)))]));
        });

    [Fact]
    public void Of_ThreadsThatWorkOnWhatAFieldHolds_IsOne() => AssertGroups(
        "Shop.Feed of static field Shop.Feeds.all + System.Threading.Thread of strong GC handle on 40 stacks",
        (h, operations) => Working(h, operations, feed => feed));

    [Fact]
    public void Of_ThreadsThatAllWorkOnOneObject_AreTwo() => AssertGroups(
        """
        Shop.Feed of static field Shop.Feeds.all
        System.Threading.Thread of strong GC handle
        """,
        (h, operations) => Working(h, operations, _ => 0));

    [Fact]
    public void Of_LoadContextsThatSomethingPins_IsOne() => AssertGroups(
        "Plugin of static field Shop.Plugins.all + Shop.PluginContext of strong GC handle",
        (h, operations) => Plugins(h, operations, pinned: operations));

    [Fact]
    public void Of_LoadContextsThatATableOfTheFrameworkPins_IsToldByTheTable() => AssertGroups(
        "System.Text.Metadata of static field System.Text.Options.cache + Shop.PluginContext of strong GC handle",
        (h, operations) => Plugins(h, operations, pinned: operations, "System.Text.Options.cache", "System.Text.Metadata"));

    [Fact]
    public void Of_LoadContextsThatNothingOfTheGrowthPins_AreTwo() => AssertGroups(
        """
        Plugin of static field Shop.Plugins.all
        Shop.PluginContext of strong GC handle
        """,
        (h, operations) => Plugins(h, operations, pinned: 0));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_LoadContextsThatAreNeverUnloaded_IsOneWithWhatTheRuntimeKeepsOfThem(int assemblies) => AssertGroups(
        "System.Runtime.Loader.IndividualAssemblyLoadContext of strong GC handle + System.Reflection.RuntimeAssembly of object table held by a handle + System.WeakReference<System.Runtime.Loader.AssemblyLoadContext> of static field System.Runtime.Loader.AssemblyLoadContext.s_allContexts",
        (h, operations) => Loaded(h, operations, assemblies * operations));

    [Fact]
    public void Of_AssembliesThatAListOfTheUsersKeeps_IsTheList() => AssertGroups(
        "Shop.Rule of static field Shop.Rules.all + System.Runtime.Loader.IndividualAssemblyLoadContext of strong GC handle + System.WeakReference<System.Runtime.Loader.AssemblyLoadContext> of static field System.Runtime.Loader.AssemblyLoadContext.s_allContexts",
        (h, operations) =>
        {
            Loaded(h, operations, 0);
            List(h, "Shop.Rules.all", operations, _ => h.Object("Shop.Rule", ("assembly", h.Object("System.Reflection.RuntimeAssembly"))));
        });

    [Fact]
    public void Of_AssembliesWithoutContextsOfTheirOwn_AreTwo() => AssertGroups(
        """
        Shop.Order of static field Shop.Cache.orders
        System.Reflection.RuntimeAssembly of object table held by a handle
        """,
        (h, operations) =>
        {
            Loaded(h, 0, operations);
            List(h, "Shop.Cache.orders", operations, _ => h.Object("Shop.Order"));
        });

    [Fact]
    public void Of_AListReachedFromBothEnds_IsOneOfAll() => AssertGroups(
        "Shop.Call of field Shop.Queue.head + Shop.Call of field Shop.Queue.tail times 2",
        (h, operations) => h.Static("Shop.Office.queue").To(Queue(h, operations, isLinked: true)));

    [Fact]
    public void Of_TwoListsOfOneTypeInOneObject_AreTwo() => AssertGroups(
        """
        Shop.Call of field Shop.Queue.head
        Shop.Call of field Shop.Queue.tail
        """,
        (h, operations) => h.Static("Shop.Office.queue").To(Queue(h, operations, isLinked: false)));

    [Fact]
    public void Of_WhatHangsTogetherThroughObjectsBetween_IsOne() => AssertGroups(
        "Shop.Feed of field Shop.Worker.all + System.Net.Sockets.SocketContext of static field System.Net.Engine.contexts",
        (h, operations) => Between(h, operations, _ => h.Object("System.Net.Sockets.Socket")));

    [Fact]
    public void Of_WhatHangsTogetherThroughOneSharedObject_AreTwo() => AssertGroups(
        """
        Shop.Feed of field Shop.Worker.all
        System.Net.Sockets.SocketContext of static field System.Net.Engine.contexts
        """,
        (h, operations) =>
        {
            HeapObject shared = h.Object("System.Net.Sockets.Socket");
            Between(h, operations, _ => shared);
        });

    private static void AssertGroups(string expected, Action<Heap, int> describe) => Assert.Equal(expected, Rounds.GroupsOf(describe));

    private static void List(Heap h, string field, int count, Func<int, HeapObject> make) =>
        h.Static(field).To(h.Array("Shop.Item[]", [.. Enumerable.Range(0, count).Select(make)]));

    /// <summary>A list in an object that a thread works with: what static fields reach comes before.</summary>
    private static void Worker(Heap h, int count, Func<int, HeapObject> make) =>
        h.Stack("Shop.Worker.Run", 1).To(h.Object("Shop.Worker", ("all", h.Array("Shop.Item[]", [.. Enumerable.Range(0, count).Select(make)]))));

    private static void Threads(Heap h, int count, string method, string type, long size = 24)
    {
        for (int thread = 1; thread <= count; thread++)
        {
            h.Root(RootKind.StrongHandle, "strong GC handle").To(h.Object(Thread));
        }

        Stacks(h, count, method, type, 1, size);
    }

    private static void Stacks(Heap h, int count, string method, string type, int firstThread, long size = 24)
    {
        for (int thread = firstThread; thread < firstThread + count; thread++)
        {
            h.Stack(method, thread).To(h.Object(type).Sized(size));
        }
    }

    /// <summary>Objects in a list of the user's, and a table of the runtime's that refers to some of them.</summary>
    private static void Registered(Heap h, int operations, HeapObject[] registered)
    {
        HeapObject[] feeds = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Feed"))];
        h.Static("Shop.Feeds.all").To(h.Array("Shop.Feed[]", feeds));
        h.Static("System.Net.Engine.contexts").To(h.Array(
            "System.Net.Sockets.SocketContext[]",
            [.. Enumerable.Range(0, operations).Select(index => index < registered.Length
                ? h.Object("System.Net.Sockets.SocketContext", ("owner", feeds[index]))
                : h.Object("System.Net.Sockets.SocketContext"))]));
    }

    /// <summary>Objects of the user's and of the runtime's that refer to each other through an object which a handle holds.</summary>
    private static void Between(Heap h, int operations, Func<int, HeapObject> make)
    {
        HeapObject[] contexts = [.. Enumerable.Range(0, operations).Select(_ => h.Object("System.Net.Sockets.SocketContext"))];
        HeapObject[] sockets = [.. Enumerable.Range(0, operations).Select(make)];
        for (int index = 0; index < operations; index++)
        {
            sockets[index].Set("handle", h.Object("System.Net.Sockets.Handle", ("context", contexts[index])));
        }

        Worker(h, operations, index => h.Object("Shop.Feed", ("socket", sockets[index])));
        h.Static("System.Net.Engine.contexts").To(h.Array("System.Net.Sockets.SocketContext[]", contexts));
        foreach (HeapObject socket in sockets.Distinct())
        {
            // Held now here, now there: it belongs to no growth.
            h.Root(RootKind.StrongHandle, operations % 20 == 0 ? "even" : "odd").To(socket);
        }
    }

    /// <summary>Objects in a list of the user's, and threads with one of them on their stack.</summary>
    private static void Working(Heap h, int operations, Func<int, int> feedOf)
    {
        HeapObject[] feeds = [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Feed"))];
        h.Static("Shop.Feeds.all").To(h.Array("Shop.Feed[]", feeds));
        for (int thread = 0; thread < operations; thread++)
        {
            h.Root(RootKind.StrongHandle, "strong GC handle").To(h.Object(Thread));
            h.Stack("Shop.Feed.Run", thread + 2).To(feeds[feedOf(thread)]);
        }
    }

    private static void Plugins(Heap h, int operations, int pinned, string field = "Shop.Plugins.all", string type = "Plugin")
    {
        h.Derives("Shop.PluginContext", "System.Runtime.Loader.AssemblyLoadContext");
        for (int context = 0; context < operations; context++)
        {
            h.Root(RootKind.StrongHandle, "strong GC handle").To(h.Object("Shop.PluginContext"));
        }

        List(h, field, operations, plugin => plugin < pinned ? h.Object(type, ("LoaderAllocator", h.Object("System.Reflection.LoaderAllocator"))) : h.Object(type));
    }

    /// <summary>Load contexts in handles and in the list of all contexts, and assemblies in a table of the runtime's.</summary>
    private static void Loaded(Heap h, int contexts, int assemblies)
    {
        h.Derives("System.Runtime.Loader.IndividualAssemblyLoadContext", "System.Runtime.Loader.AssemblyLoadContext");
        for (int context = 0; context < contexts; context++)
        {
            h.Root(RootKind.StrongHandle, "strong GC handle").To(h.Object("System.Runtime.Loader.IndividualAssemblyLoadContext"));
        }

        h.Static("System.Runtime.Loader.AssemblyLoadContext.s_allContexts").To(h.Array("Entry[]", [.. Enumerable.Range(0, contexts).Select(_ => h.Object("System.WeakReference<System.Runtime.Loader.AssemblyLoadContext>"))]));
        h.Root(RootKind.RuntimeTable, "object table held by a handle").To(h.Array("System.Object[]", [.. Enumerable.Range(0, assemblies).Select(_ => h.Object("System.Reflection.RuntimeAssembly"))]));
    }

    private static HeapObject Queue(Heap h, int count, bool isLinked)
    {
        HeapObject[] nodes = [.. Enumerable.Range(0, count).Select(_ => h.Object("System.Node", ("call", h.Object("Shop.Call"))))];
        for (int node = 1; node < count; node++)
        {
            if (isLinked || node != count / 2)
            {
                nodes[node - 1].Set("next", nodes[node]);
                nodes[node].Set("previous", nodes[node - 1]);
            }
        }

        return h.Object("Shop.Queue", ("head", nodes[0]), ("tail", nodes[^1]));
    }
}
