using Limpet.Heap.Holders;

namespace Limpet.Heap.Tests.Holders;

public sealed class ThreadWordsTests
{
    private const string Field = "Shop.Desk.t_current";
    private const string Worker = "System.Threading.PortableThreadPool+WorkerThread.WorkerThreadStart()";

    [Fact]
    public void Of_OneThread_IsItsId() => AssertIs("thread 7", h => Have(h, 7));

    [Fact]
    public void Of_OneThreadOfThePool_SaysSo() => AssertIs("thread 7 of the pool", h =>
    {
        Have(h, 7);
        h.Stack(Worker, 7).To(h.Object("System.Threading.LowLevelLifoSemaphore"));
    });

    [Fact]
    public void Of_SeveralThreads_IsHowManyAndHowManyOfThePool() => AssertIs("3 threads, 2 of the pool", h =>
    {
        Have(h, 7, 8, 9);
        h.Stack(Worker, 7).To(h.Object("System.Threading.LowLevelLifoSemaphore"));
        h.Stack("ThreadPoolWorkQueue.Dispatch", 9).To(h.Object("System.Threading.ThreadPoolWorkQueue"));
        h.Stack("Shop.Desk.Run()", 8).To(h.Object("Shop.Desk"));
        h.Stack(Worker, 10).To(h.Object("System.Threading.LowLevelLifoSemaphore"));
    });

    [Fact]
    public void Of_ThreadsThatAreAllOfThePool_SaysSo() => AssertIs("2 threads, all of the pool", h =>
    {
        Have(h, 7, 8);
        h.Stack(Worker, 7).To(h.Object("System.Threading.LowLevelLifoSemaphore"));
        h.Stack(Worker, 8).To(h.Object("System.Threading.LowLevelLifoSemaphore"));
    });

    /// <summary>Another field of the same name would be the same field; one of another name says nothing of this.</summary>
    [Fact]
    public void Of_AnotherField_IsNotCounted() => AssertIs("thread 7", h =>
    {
        Have(h, 7);
        h.ThreadStatic("Shop.Desk.t_other", 8).To(h.Object("Shop.Order"));
    });

    [Fact]
    public void Of_ASourceWithoutThreads_SaysNothing() => AssertIs(null, h => Have(h, 0));

    [Fact]
    public void Of_AnotherRoot_SaysNothing() => AssertIs(null, h => h.Static(Field).To(h.Object("Shop.Order")));

    private static void Have(Heap h, params ReadOnlySpan<int> threads)
    {
        foreach (int thread in threads)
        {
            h.ThreadStatic(Field, thread).To(h.Object("Shop.Order"));
        }
    }

    private static void AssertIs(string? expected, Action<Heap> describe)
    {
        using HeapGraph graph = Heap.Of(describe);
        Assert.Equal(expected, ThreadWords.Of(graph, graph.Roots.First(root => root.Name == Field)));
    }
}
