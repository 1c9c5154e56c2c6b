namespace Limpet.Heap.Holders;

/// <summary>All kinds of holders that are known, the more specific first. A new kind is one more entry.</summary>
internal static class HolderMeanings
{
    private static readonly IHolderMeaning[] Known =
    [
        new EdgeKindMeaning(),
        new DelegateMeaning(),
        new ClosureMeaning(),
        new AsyncMethodMeaning(),
        new TaskMeaning(),
        new ElementMeaning(),
        new MemberMeaning(
            "System.Collections.Generic.",
            ("Dictionary.Entry", "[x].value", "dictionary value"),
            ("Dictionary.Entry", "[x].key", "dictionary key"),
            ("Dictionary", "_entries", "dictionary entries"),
            ("HashSet.Entry", "[x].Value", "set element"),
            ("HashSet", "_entries", "set entries"),
            ("LinkedList", "head", "linked list"),
            ("LinkedListNode", "item", "linked list element"),
            ("SortedSet.Node", "<Item>k__BackingField", "sorted element"),
            ("SortedDictionary", "_set", "sorted entries"),
            ("PriorityQueue", "_nodes", "priority queue")),
        new MemberMeaning(
            "System.Collections.Concurrent.",
            ("ConcurrentDictionary", "_tables", "dictionary entries"),
            ("ConcurrentDictionary.Tables", "_buckets", "dictionary buckets"),
            ("ConcurrentDictionary.VolatileNode", "[x]._node", "dictionary entry"),
            ("ConcurrentDictionary.Node", "_value", "dictionary value"),
            ("ConcurrentDictionary.Node", "_key", "dictionary key"),
            ("ConcurrentDictionary.Node", "_next", "next dictionary entry"),
            ("ConcurrentQueue", "_head|_tail", "queue segment"),
            ("ConcurrentQueueSegment.Slot", "[x].Item", "queue element"),
            ("ConcurrentStack.Node", "_value", "stack element"),
            ("ConcurrentBag", "_workStealingQueues", "bag")),
        new MemberMeaning(
            "System.Threading.Channels.",
            ("UnboundedChannel", "_items", "items that wait in a channel"),
            ("BoundedChannel", "_items", "items that wait in a channel"),
            ("SingleConsumerUnboundedChannel", "_items", "items that wait in a channel"),
            ("UnboundedChannel", "_blockedReadersHead|_waitingReadersHead", "readers that wait for a channel"),
            ("BoundedChannel", "_blockedReadersHead|_waitingReadersHead", "readers that wait for a channel"),
            ("BoundedChannel", "_blockedWritersHead|_waitingWritersHead", "writers that wait for a channel")),
        new MemberMeaning(
            "System.Threading.CancellationTokenSource",
            ("", "_registrations", "registrations of a cancellation token"),
            (".Registrations", "Callbacks", "registered callbacks"),
            (".CallbackNode", "Callback", "cancellation callback"),
            (".CallbackNode", "CallbackState", "state of a cancellation callback"),
            (".CallbackNode", "Next", "next registration"),
            (".Linked1CancellationTokenSource", "_reg1._node", "registration with the token it is linked to"),
            (".Linked2CancellationTokenSource", "_reg1._node|_reg2._node", "registration with the token it is linked to")),
        new MemberMeaning(
            "System.Threading.Timer",
            ("Queue", "_shortTimers|_longTimers", "active timers"),
            ("QueueTimer", "_timerCallback", "timer callback"),
            ("QueueTimer", "_state", "timer state"),
            ("QueueTimer", "_next", "next timer"),
            ("", "_timer", "timer")),
        new MemberMeaning("System.Lazy", ("", "_factory", "factory of a Lazy"), ("", "_value", "value of a Lazy")),
        new MemberMeaning(
            "System.Threading.",
            ("ThreadLocal.LinkedSlot", "_value", "value of a ThreadLocal"),
            ("ThreadLocal.LinkedSlotVolatile", "[x].Value", "slot of a ThreadLocal"),
            ("ThreadLocal", "_valueFactory", "factory of a ThreadLocal"),
            ("ExecutionContext", "m_localValues", "async local values")),
    ];

    /// <summary>What the member is through which the object at <paramref name="position"/> holds the next; null where the member says it.</summary>
    public static string? Describe(TracePath path, int position) =>
        Known.Select(meaning => meaning.Describe(path, position)).FirstOrDefault(text => text is not null);
}
