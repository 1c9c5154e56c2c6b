namespace Limpet.Heap.Holders.Kinds;

/// <summary>Semaphores: those who wait to enter.</summary>
internal sealed class SemaphoreMeaning : MemberTable
{
    public SemaphoreMeaning()
        : base("System.Threading.SemaphoreSlim")
    {
        InsideAs("", "m_asyncHead|m_asyncTail", "caller that waits for the semaphore");
        InsideAs(".TaskNode", "Next|Prev", "caller that waits for the semaphore");
    }
}
