namespace Limpet.Heap.Holders.Kinds;

/// <summary>Threads and what belongs to one: start method and argument, values of ThreadLocals, work that waits for the pool.</summary>
internal sealed class ThreadMeaning : MemberTable
{
    public ThreadMeaning()
        : base("System.Threading.")
    {
        Holds("ThreadLocal", "_valueFactory", "factory of a ThreadLocal");
        InsideAs("ThreadLocal", "_linkedSlot", "value that one thread has");
        Inside("ThreadLocal.LinkedSlotVolatile", "[x].Value|[x]", "values of ThreadLocals that one thread has");
        Inside("ThreadLocal.LinkedSlot", "_slotArray", "values of ThreadLocals that one thread has");
        Inside("ThreadLocal.LinkedSlot", "_next|_previous", "values that threads have");
        Inside("ThreadLocal.FinalizationHelper", "SlotArray", "values of ThreadLocals that one thread has");
        Holds("ThreadLocal.LinkedSlot", "_value", "value that one thread has in a ThreadLocal");
        Inside("Thread", "_startHelper", "start of the thread");
        Holds("Thread.StartHelper", "_start", "start method of the thread");
        Holds("Thread.StartHelper", "_startArg", "argument that the thread was started with");
        InsideAs("ThreadPoolWorkQueue", "workItems|highPriorityWorkItems|lowPriorityWorkItems", "work that waits for a thread of the pool");
        Elements("ThreadPoolWorkQueue", "_assignableWorkItemQueues", "work that waits for a thread of the pool");
        Elements("ThreadPoolWorkQueue.WorkStealingQueue", "m_array", "work that waits for a thread of the pool");
        Holds("QueueUserWorkItemCallback", "_callback", "work for the thread pool");
        Holds("QueueUserWorkItemCallback", "_state", "state of work for the thread pool");
        Holds("QueueUserWorkItemCallbackDefaultContext", "_callback", "work for the thread pool");
        Holds("QueueUserWorkItemCallbackDefaultContext", "_state", "state of work for the thread pool");
        Inside("RegisteredWaitHandle", "_callbackHelper", "callback of a registered wait");
        Holds("_ThreadPoolWaitOrTimerCallback", "_waitOrTimerCallback", "callback of a registered wait");
        Holds("_ThreadPoolWaitOrTimerCallback", "_state", "state of a registered wait");
    }
}
