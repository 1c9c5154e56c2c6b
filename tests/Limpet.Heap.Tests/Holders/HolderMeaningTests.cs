using System.Collections.Concurrent;
using System.Reflection;
using System.Threading.Channels;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Holders;

/// <summary>Meanings are tied to names of private fields: each is looked up in the runtime the tests run on.</summary>
public sealed class HolderMeaningTests
{
    private static readonly Assembly Core = typeof(Timer).Assembly;

    public static TheoryData<Type, string, string> Members => new()
    {
        { typeof(Dictionary<,>), "_entries", "dictionary entries" },
        { typeof(Dictionary<,>).GetNestedType("Entry", BindingFlags.NonPublic)!, "value", "dictionary value" },
        { typeof(Dictionary<,>).GetNestedType("Entry", BindingFlags.NonPublic)!, "key", "dictionary key" },
        { typeof(HashSet<>), "_entries", "set entries" },
        { typeof(HashSet<>).GetNestedType("Entry", BindingFlags.NonPublic)!, "Value", "set element" },
        { typeof(LinkedList<>), "head", "linked list" },
        { typeof(LinkedListNode<>), "item", "linked list element" },
        { typeof(SortedSet<>).GetNestedType("Node", BindingFlags.NonPublic)!, "<Item>k__BackingField", "sorted element" },
        { typeof(SortedDictionary<,>), "_set", "sorted entries" },
        { typeof(PriorityQueue<,>), "_nodes", "priority queue" },
        { typeof(ConcurrentDictionary<,>), "_tables", "dictionary entries" },
        { typeof(ConcurrentDictionary<,>).GetNestedType("Tables", BindingFlags.NonPublic)!, "_buckets", "dictionary buckets" },
        { typeof(ConcurrentDictionary<,>).GetNestedType("VolatileNode", BindingFlags.NonPublic)!, "_node", "dictionary entry" },
        { typeof(ConcurrentDictionary<,>).GetNestedType("Node", BindingFlags.NonPublic)!, "_value", "dictionary value" },
        { typeof(ConcurrentDictionary<,>).GetNestedType("Node", BindingFlags.NonPublic)!, "_key", "dictionary key" },
        { typeof(ConcurrentQueue<>), "_head", "queue segment" },
        { Core.GetType("System.Collections.Concurrent.ConcurrentQueueSegment`1")!.GetNestedType("Slot", BindingFlags.NonPublic)!, "Item", "queue element" },
        { typeof(ConcurrentStack<>).GetNestedType("Node", BindingFlags.NonPublic)!, "_value", "stack element" },
        { typeof(ConcurrentBag<>), "_workStealingQueues", "bag" },
        { Channel.CreateUnbounded<int>().GetType().GetGenericTypeDefinition(), "_items", "items that wait in a channel" },
        { Channel.CreateBounded<int>(1).GetType().GetGenericTypeDefinition(), "_items", "items that wait in a channel" },
        { typeof(CancellationTokenSource), "_registrations", "registrations of a cancellation token" },
        { typeof(CancellationTokenSource).GetNestedType("Registrations", BindingFlags.NonPublic)!, "Callbacks", "registered callbacks" },
        { typeof(CancellationTokenSource).GetNestedType("CallbackNode", BindingFlags.NonPublic)!, "Callback", "cancellation callback" },
        { typeof(CancellationTokenSource).GetNestedType("CallbackNode", BindingFlags.NonPublic)!, "CallbackState", "state of a cancellation callback" },
        { Core.GetType("System.Threading.TimerQueue")!, "_shortTimers", "active timers" },
        { Core.GetType("System.Threading.TimerQueue")!, "_longTimers", "active timers" },
        { Core.GetType("System.Threading.TimerQueueTimer")!, "_timerCallback", "timer callback" },
        { Core.GetType("System.Threading.TimerQueueTimer")!, "_state", "timer state" },
        { typeof(Timer), "_timer", "timer" },
        { typeof(Task), "m_continuationObject", "task continuation" },
        { typeof(Task).GetNestedType("DelayPromise", BindingFlags.NonPublic)!, "m_stateObject", "task state" },
        { typeof(TaskCompletionSource<>), "_task", "task of a TaskCompletionSource" },
        { typeof(Lazy<>), "_factory", "factory of a Lazy" },
        { typeof(Lazy<>), "_value", "value of a Lazy" },
        { typeof(ThreadLocal<>).GetNestedType("LinkedSlot", BindingFlags.NonPublic)!, "_value", "value of a ThreadLocal" },
        { typeof(ThreadLocal<>).GetNestedType("LinkedSlotVolatile", BindingFlags.NonPublic)!, "Value", "slot of a ThreadLocal" },
        { typeof(ExecutionContext), "m_localValues", "async local values" },
    };

    public static TheoryData<Type, string, string> Elements => new()
    {
        { typeof(List<>), "_items", "list element" },
        { typeof(Queue<>), "_array", "queue element" },
        { typeof(Stack<>), "_array", "stack element" },
        { typeof(ConcurrentBag<>).GetNestedType("WorkStealingQueue", BindingFlags.NonPublic)!, "_array", "bag element" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void Meaning_MemberOfARuntimeType_IsSaid(Type type, string member, string expected)
    {
        Assert.NotNull(FieldOf(type, member));

        Assert.Equal(expected, MeaningOf(0, h => type.IsValueType
            ? h.Structs(NameOf(type) + "[]", (member, h.Object("Shop.Order")))
            : h.Object(NameOf(type), (member, h.Object("Shop.Order")))));
    }

    [Theory]
    [MemberData(nameof(Elements))]
    public void Meaning_ElementOfACollectionsArray_IsSaid(Type type, string member, string expected)
    {
        Assert.NotNull(FieldOf(type, member));

        Assert.Equal(expected, MeaningOf(1, h => h.Object(NameOf(type), (member, h.Array("Shop.Order[]", h.Object("Shop.Order"))))));
    }

    [Theory]
    [InlineData("_target")]
    [InlineData("_invocationList")]
    public void Delegate_OfThisRuntime_HasTheFieldsThatMeaningsRestOn(string member) =>
        Assert.NotNull(FieldOf(typeof(MulticastDelegate), member));

    [Fact]
    public void Meaning_MemberOfAUsersType_IsNotInvented() =>
        Assert.Null(MeaningOf(0, h => h.Object("Shop.Dictionary", ("_entries", h.Object("Shop.Order")))));

    private static string? MeaningOf(int position, Func<Heap, HeapObject> describe)
    {
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.root").To(describe(h)));
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        return query.Ask("Shop.Order", 1, TestContext.Current.CancellationToken).Traces[0].Trace.Trace.Path[position].Meaning;
    }

    private static FieldInfo? FieldOf(Type? type, string member) => type is null
        ? null
        : type.GetField(member, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? FieldOf(type.BaseType, member);

    /// <summary>The name as diagnostics spell it, with object for every argument.</summary>
    private static string NameOf(Type type)
    {
        int arity = type.GetGenericArguments().Length;
        string[] parts = type.FullName!.Split('+');
        string arguments = arity == 0 ? "" : $"<{string.Join(", ", Enumerable.Repeat("System.Object", arity))}>";
        return string.Join('+', parts.Select(part => part.Contains('`', StringComparison.Ordinal) ? part[..part.IndexOf('`', StringComparison.Ordinal)] + arguments : part));
    }
}
