namespace Limpet.Heap.Holders.Kinds;

/// <summary>Queues, stacks and bags: what is put in and taken out.</summary>
internal sealed class QueueMeaning : MemberTable
{
    public QueueMeaning()
        : base("System.Collections.")
    {
        Elements("Generic.Queue", "_array", "queue element");
        Elements("Generic.Deque", "_array", "queue element");
        Elements("Queue", "_array", "queue element");
        Elements("Generic.PriorityQueue", "_nodes", "priority queue element");
        Inside("Generic.PriorityQueue.UnorderedItemsCollection", "_queue");
        Inside("Concurrent.ConcurrentQueue", "_head|_tail", "queue elements");
        Inside("Concurrent.ConcurrentQueueSegment", "_slots", "queue elements");
        Holds("Concurrent.ConcurrentQueueSegment.Slot", "[x].Item", "queue element");
        Inside("Concurrent.ConcurrentQueueSegment", "_nextSegment", "queue elements");
        Inside("Concurrent.SingleProducerSingleConsumerQueue", "_head|_tail", "queue elements");
        Elements("Concurrent.SingleProducerSingleConsumerQueue.Segment", "_array", "queue element");
        Elements("Generic.Stack", "_array", "stack element");
        Elements("Stack", "_array", "stack element");
        Inside("Concurrent.ConcurrentStack", "_head", "stack elements");
        Holds("Concurrent.ConcurrentStack.Node", "_value", "stack element");
        Inside("Concurrent.ConcurrentBag", "_workStealingQueues", "bag elements");
        InsideAs("Concurrent.ConcurrentBag", "_locals", "bag element");
        Elements("Concurrent.ConcurrentBag.WorkStealingQueue", "_array", "bag element");
        Inside("Concurrent.BlockingCollection", "_collection", "elements of the collection");
    }
}
