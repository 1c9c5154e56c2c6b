using Limpet.Results;

namespace Limpet.Heap.Tests.Holders;

/// <summary>What the way through each kind of collection is called; its parts are no elements of the trace.</summary>
public sealed class CollectionKindTests
{
    private const string Order = "Shop.Order";
    private const string Collections = "System.Collections.Generic.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Immutable = "System.Collections.Immutable.";

    public static TheoryData<string, string[]> Collected => new()
    {
        { "list element", [$"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]"] },
        { "list element", ["System.Diagnostics.SynchronizedList<Shop.Order>", "_volatileArray", "Shop.Order[]", "[x]"] },
        { "list element", ["System.Diagnostics.SynchronizedList<Shop.Order>", "_list", $"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]"] },
        { "list element, field order", [$"{Collections}List<Shop.Line>", "_items", "Shop.Line[]", "[x].order"] },
        { "list element", ["System.Collections.ArrayList", "_items", "System.Object[]", "[x]"] },
        { "list element", ["System.Collections.ObjectModel.Collection<Shop.Order>", "items", $"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]"] },
        { "list element", ["System.Collections.ObjectModel.ReadOnlyCollection<Shop.Order>", "list", $"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]"] },
        { "linked list element", [$"{Collections}LinkedList<Shop.Order>", "head", $"{Collections}LinkedListNode<Shop.Order>", "item"] },
        { "queue element", [$"{Collections}Queue<Shop.Order>", "_array", "Shop.Order[]", "[x]"] },
        { "stack element", [$"{Collections}Stack<Shop.Order>", "_array", "Shop.Order[]", "[x]"] },
        { "priority queue element, field Item1", [$"{Collections}PriorityQueue<Shop.Order, System.Int32>", "_nodes", "System.ValueTuple<Shop.Order, System.Int32>[]", "[x].Item1"] },
        { "queue element", [$"{Concurrent}ConcurrentQueue<Shop.Order>", "_head", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>", "_slots", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item"] },
        { "stack element", [$"{Concurrent}ConcurrentStack<Shop.Order>", "_head", $"{Concurrent}ConcurrentStack<Shop.Order>+Node", "_value"] },
        { "bag element", [$"{Concurrent}ConcurrentBag<Shop.Order>", "_workStealingQueues", $"{Concurrent}ConcurrentBag<Shop.Order>+WorkStealingQueue", "_array", "Shop.Order[]", "[x]"] },
        { "queue element", [$"{Concurrent}BlockingCollection<Shop.Order>", "_collection", $"{Concurrent}ConcurrentQueue<Shop.Order>", "_head", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>", "_slots", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item"] },
        { "dictionary entry (key string)", [$"{Collections}Dictionary<System.String, Shop.Order>", "_entries", $"{Collections}Dictionary<System.String, Shop.Order>+Entry[]", "[x].value"] },
        { "dictionary entry (key Shop.Key<int>), field Item2", [$"{Collections}Dictionary<Shop.Key<System.Int32>, Shop.Line>", "_entries", $"{Collections}Dictionary<Shop.Key<System.Int32>, Shop.Line>+Entry[]", "[x].value.Item2"] },
        { "dictionary entry", [$"{Collections}Dictionary<System.__Canon, System.__Canon>", "_entries", $"{Collections}Dictionary<System.__Canon, System.__Canon>+Entry[]", "[x].value"] },
        { "key of a dictionary entry", [$"{Collections}Dictionary<Shop.Order, System.Int32>", "_entries", $"{Collections}Dictionary<Shop.Order, System.Int32>+Entry[]", "[x].key"] },
        {
            "dictionary entry (key System.Guid)",
            [
                $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>", "_tables", $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>+Tables", "_buckets",
                $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>+VolatileNode[]", "[x]._node", $"{Concurrent}ConcurrentDictionary<System.Guid, Shop.Order>+Node", "_value",
            ]
        },
        { "set element", [$"{Collections}HashSet<Shop.Order>", "_entries", $"{Collections}HashSet<Shop.Order>+Entry[]", "[x].Value"] },
        { "hashtable entry", ["System.Collections.Hashtable", "_buckets", "System.Collections.Hashtable+Bucket[]", "[x].val"] },
        { "sorted list entry (key int)", [$"{Collections}SortedList<System.Int32, Shop.Order>", "values", "Shop.Order[]", "[x]"] },
        { "sorted element", [$"{Collections}SortedSet<Shop.Order>", "root", $"{Collections}SortedSet<Shop.Order>+Node", "<Item>k__BackingField"] },
        {
            "sorted dictionary entry (key int)",
            [
                $"{Collections}SortedDictionary<System.Int32, Shop.Order>", "_set", $"{Collections}TreeSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>", "root",
                $"{Collections}SortedSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>+Node", "<Item>k__BackingField.value",
            ]
        },
        { "immutable list element", [$"{Immutable}ImmutableList<Shop.Order>", "_root", $"{Immutable}ImmutableList<Shop.Order>+Node", "_key"] },
        { "immutable dictionary entry (key int)", [$"{Immutable}ImmutableDictionary<System.Int32, Shop.Order>", "_root", $"{Immutable}SortedInt32KeyNode<{Immutable}ImmutableDictionary<System.Int32, Shop.Order>+HashBucket>", "_value._firstValue.value"] },
        { "immutable dictionary entry (key int)", [$"{Immutable}ImmutableSortedDictionary<System.Int32, Shop.Order>", "_root", $"{Immutable}ImmutableSortedDictionary<System.Int32, Shop.Order>+Node", "_value"] },
        { "immutable set element", [$"{Immutable}ImmutableHashSet<Shop.Order>", "_root", $"{Immutable}SortedInt32KeyNode<{Immutable}ImmutableHashSet<Shop.Order>+HashBucket>", "_value._firstValue"] },
        { "immutable queue element", [$"{Immutable}ImmutableQueue<Shop.Order>", "_forwards", $"{Immutable}ImmutableStack<Shop.Order>", "_head"] },
        { "frozen dictionary entry", ["System.Collections.Frozen.DefaultFrozenDictionary<System.String, Shop.Order>", "_values", "Shop.Order[]", "[x]"] },
        {
            "item that waits in the channel",
            [
                "System.Threading.Channels.UnboundedChannel<Shop.Order>", "_items", $"{Concurrent}ConcurrentQueue<Shop.Order>", "_head", $"{Concurrent}ConcurrentQueueSegment<Shop.Order>", "_slots",
                $"{Concurrent}ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item",
            ]
        },
        { "value of a Lazy", ["System.Lazy<Shop.Order>", "_value"] },
        { "value that one thread has", ["System.Threading.ThreadLocal<Shop.Order>", "_linkedSlot", "System.Threading.ThreadLocal<Shop.Order>+LinkedSlot", "_value"] },
        { "value that one thread has in a ThreadLocal", ["System.Threading.ThreadLocal<Shop.Order>+LinkedSlotVolatile[]", "[x].Value", "System.Threading.ThreadLocal<Shop.Order>+LinkedSlot", "_value"] },
        { "value of an AsyncLocal", ["System.Threading.ExecutionContext", "m_localValues", "System.Threading.AsyncLocalValueMap+OneElementAsyncLocalValueMap", "_item0.value"] },
        { "argument that the thread was started with", ["System.Threading.Thread", "_startHelper", "System.Threading.Thread+StartHelper", "_startArg"] },
        { "work that waits for a thread of the pool", ["System.Threading.ThreadPoolWorkQueue", "workItems", $"{Concurrent}ConcurrentQueue<System.Object>", "_head", $"{Concurrent}ConcurrentQueueSegment<System.Object>", "_slots", $"{Concurrent}ConcurrentQueueSegment<System.Object>+Slot[]", "[x].Item"] },
        {
            "state of a callback registered with the token",
            [
                "System.Threading.CancellationTokenSource", "_registrations", "System.Threading.CancellationTokenSource+Registrations", "Callbacks",
                "System.Threading.CancellationTokenSource+CallbackNode", "CallbackState",
            ]
        },
        { "state of a timer", ["System.Threading.Timer", "_timer", "System.Threading.TimerHolder", "_timer", "System.Threading.TimerQueueTimer", "_state"] },
        {
            "cache entry",
            [
                "Microsoft.Extensions.Caching.Memory.MemoryCache", "_coherentState", "Microsoft.Extensions.Caching.Memory.MemoryCache+CoherentState", "_stringEntries",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>", "_tables",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>+Tables", "_buckets",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>+VolatileNode[]", "[x]._node",
                $"{Concurrent}ConcurrentDictionary<System.String, Microsoft.Extensions.Caching.Memory.CacheEntry>+Node", "_value",
                "Microsoft.Extensions.Caching.Memory.CacheEntry", "_value",
            ]
        },
        {
            "disposable that the root provider keeps until it is disposed",
            [
                "Microsoft.Extensions.DependencyInjection.ServiceProvider", "<Root>k__BackingField", "Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope", "_disposables",
                $"{Collections}List<System.Object>", "_items", "System.Object[]", "[x]",
            ]
        },
        {
            "disposable that a scope keeps until it is disposed",
            ["Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope", "_disposables", $"{Collections}List<System.Object>", "_items", "System.Object[]", "[x]"]
        },
        {
            "connection of the HttpClient",
            [
                "System.Net.Http.HttpClient", "_handler", "System.Net.Http.SocketsHttpHandler", "_handler", "System.Net.Http.HttpConnectionPoolManager", "_pools", $"{Concurrent}ConcurrentDictionary<System.Net.Http.HttpConnectionPoolManager+HttpConnectionKey, System.Net.Http.HttpConnectionPool>", "_x",
                "System.Net.Http.HttpConnectionPool", "_http11Connections", $"{Concurrent}ConcurrentStack<System.Net.Http.HttpConnection>", "_head", $"{Concurrent}ConcurrentStack<System.Net.Http.HttpConnection>+Node", "_value", "System.Net.Http.HttpConnection", "_stream",
            ]
        },
        {
            "subscriber of the subject",
            ["System.Reactive.Subjects.Subject<System.Int32>", "_observers", "System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable[]", "[x]", "System.Reactive.Subjects.Subject<System.Int32>+SubjectDisposable", "_observer"]
        },
        { "static field or handle of an unloadable assembly", ["System.Reflection.LoaderAllocator", "m_slots", "System.Object[]", "[x]"] },
    };

    [Theory]
    [MemberData(nameof(Collected))]
    public void Way_ThroughTheWholeHolder_IsOneElementInWords(string words, string[] way)
    {
        RetentionTrace trace = RootedTrace.Of(h =>
        {
            h.Derives($"{Collections}TreeSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>", $"{Collections}SortedSet<{Collections}KeyValuePair<System.Int32, Shop.Order>>");
            h.Static("Shop.root").To(h.Chain([.. way, Order]));
        });

        Assert.Equal(words, trace.Path[^2].Meaning);
        Assert.Equal(2, trace.Path.Length);
        Assert.Equal(words, trace.Path[0].Meaning);
    }

    [Fact]
    public void Way_ThroughAUsersSubclass_IsThatOfItsBase()
    {
        const string Base = $"{Collections}List<Shop.Order>";
        RootedTrace.AssertIs(
            h =>
            {
                h.Derives("Shop.Orders", Base, "System.Object");
                return h.Chain("Shop.Orders", "_items", "Shop.Order[]", "[x]", Order);
            },
            """
              Shop.Orders → list element
              Shop.Order
            """);
    }

    [Fact]
    public void Way_ThatEndsAtAPart_ShowsThePart() => RootedTrace.AssertIs(
        h => h.Chain($"{Collections}Dictionary<System.Int32, Shop.Order>", "_entries", $"{Collections}Dictionary<System.Int32, Shop.Order>+Entry[]"),
        """
          System.Collections.Generic.Dictionary<int, Shop.Order> → dictionary entries (key int)
          System.Collections.Generic.Dictionary<int, Shop.Order>.Entry[]
        """,
        $"{Collections}Dictionary<int, Shop.Order>.Entry[]");

    [Fact]
    public void Way_ThroughAPartNobodyKnows_ShowsItAsItIs() => RootedTrace.AssertIs(
        h => h.Chain($"{Collections}Dictionary<System.Int32, Shop.Order>", "_entries", $"{Collections}Dictionary<System.Int32, Shop.Order>+Entry[]", "[x].later", Order),
        """
          System.Collections.Generic.Dictionary<int, Shop.Order> → dictionary entries (key int)
          System.Collections.Generic.Dictionary<int, Shop.Order>.Entry[] → [x].later
          Shop.Order
        """);

    [Fact]
    public void Way_ThroughAUsersTypeOfTheSameName_IsNotInvented() => RootedTrace.AssertIs(
        h => h.Chain("Shop.Dictionary", "_entries", Order),
        """
          Shop.Dictionary → _entries
          Shop.Order
        """);

    [Fact]
    public void Way_ThroughNestedDictionaries_HasOneElementForEach() => RootedTrace.AssertIs(
        h => h.Chain(
            $"{Collections}Dictionary<System.Int32, {Collections}List<Shop.Order>>", "_entries", $"{Collections}Dictionary<System.Int32, {Collections}List<Shop.Order>>+Entry[]", "[x].value",
            $"{Collections}List<Shop.Order>", "_items", "Shop.Order[]", "[x]", Order),
        """
          System.Collections.Generic.Dictionary<int, System.Collections.Generic.List<Shop.Order>> → dictionary entry (key int)
          System.Collections.Generic.List<Shop.Order> → list element
          Shop.Order
        """);

    [Fact]
    public void Way_ThroughALookup_HasTheGroups() => RootedTrace.AssertIs(
        h => h.Chain("System.Linq.Lookup<System.Int32, Shop.Order>", "_groupings", "System.Linq.Grouping<System.Int32, Shop.Order>[]", "[x]", "System.Linq.Grouping<System.Int32, Shop.Order>", "_elements", "Shop.Order[]", "[x]", Order),
        """
          System.Linq.Lookup<int, Shop.Order> → group (key int)
          System.Linq.Grouping<int, Shop.Order> → element of a group (key int)
          Shop.Order
        """);
}
