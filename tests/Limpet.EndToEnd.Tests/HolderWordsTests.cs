using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>What each kind of holder of the framework is called in a real program; the parts of none are shown.</summary>
public sealed class HolderWordsTests(HolderWordsTests.Snapshot snapshot) : IClassFixture<HolderWordsTests.Snapshot>
{
    [Theory]
    [InlineData("ListCargo", "list element")]
    [InlineData("LinkedCargo", "linked list element")]
    [InlineData("DictionaryCargo", "dictionary entry (key string)")]
    [InlineData("ConcurrentCargo", "dictionary entry (key int)")]
    [InlineData("SetCargo", "set element")]
    [InlineData("QueueCargo", "queue element")]
    [InlineData("StackCargo", "stack element")]
    [InlineData("PriorityCargo", "priority queue element, field Item1")]
    [InlineData("ConcurrentQueueCargo", "queue element")]
    [InlineData("BagCargo", "bag element")]
    [InlineData("ConcurrentStackCargo", "stack element")]
    [InlineData("BlockingCargo", "queue element")]
    [InlineData("SortedCargo", "sorted dictionary entry (key int)")]
    [InlineData("SortedListCargo", "sorted list entry (key int)")]
    [InlineData("ImmutableListCargo", "immutable list element")]
    [InlineData("ImmutableDictionaryCargo", "immutable dictionary entry (key int)")]
    [InlineData("FrozenCargo", "frozen dictionary entry")]
    [InlineData("ChannelCargo", "item that waits in the channel")]
    [InlineData("ReaderCargo", "reader that waits for the channel", "async HoldersTarget.ReadAsync() awaiting ChannelReader.ReadAsync", "variable cargo of async HoldersTarget.ReadAsync()")]
    [InlineData("SemaphoreCargo", "caller that waits for the semaphore", "async HoldersTarget.EnterAsync() awaiting SemaphoreSlim.WaitAsync")]
    [InlineData("SourceCargo", "awaited by async HoldersTarget.CompleteAsync()", "awaiting a task that a TaskCompletionSource must complete")]
    [InlineData("PopularCargo", "awaited by async HoldersTarget.CompleteAsync()")]
    [InlineData("WhenAllCargo", "awaited by Task.WhenAll", "awaited by async HoldersTarget.AllAsync()")]
    [InlineData("PeriodicCargo", "awaiting PeriodicTimer.WaitForNextTickAsync")]
    [InlineData("DelayCargo", "static field System.Threading.TimerQueue.Instances", "timer of Task.Delay", "awaited by async HoldersTarget.DelayAsync()")]
    [InlineData("TokenCargo", "callback registered with the token", "lambda in HoldersTarget.Register capturing cargo")]
    [InlineData("LinkedTokenCargo", "source of a token that is linked to this one", "delegate target of LinkedTokenCargo.OnCancelled")]
    [InlineData("TimerCargo", "static field Limpet.TestTargets.HoldersTarget.s_timers", "timer callback, every 60 min", "lambda in HoldersTarget.Poll capturing cargo")]
    [InlineData("TimerStateCargo", "state of a timer that calls lambda in HoldersTarget.Build", ", every 5 s")]
    [InlineData("TimersTimerCargo", "event Elapsed of the timer", "event handler TimersTimerCargo.OnElapsed, delegate target")]
    [InlineData("ThreadLocalCargo", "value that one thread has")]
    [InlineData("AsyncLocalCargo", "value of an AsyncLocal")]
    [InlineData("LazyCargo", "value of a Lazy")]
    [InlineData("XmlCargo", "System.Xml.Linq.XElement (3 in a row through parent)", "parent in the XML tree", "keep the value of the node or a copy of it")]
    public void Why_BehindAHolder_SaysItInTheWordsOfTheSource(string cargo, params string[] words)
    {
        string why = CliProcess.Run("why", snapshot.Collections, "HoldersTarget." + cargo, "--quiet").Expect(0).Output;

        Assert.All(words, word => Assert.Contains(word, why, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"↓ (_|m_|\[x\])|<>|d__|c__|Entry\[\]|Slot\[\]|Node\b|Promise|TimerQueueTimer", why);
    }

    [Theory]
    [InlineData("WeakTableCargo", "value of a ConditionalWeakTable, kept by its key")]
    [InlineData("HandleCargo", "strong GC handle")]
    [InlineData("PinnedCargo[]", "pinned GC handle")]
    [InlineData("MemoryCacheCargo", "cache entry")]
    [InlineData("RootCargo", "disposable that the root provider keeps until it is disposed")]
    [InlineData("ScopeCargo", "disposable that a scope keeps until it is disposed")]
    [InlineData("SingletonCargo", "of the service provider")]
    [InlineData("HandlerCargo", "handler of the HttpClient")]
    [InlineData("SubscriberCargo", "subscriber of the subject", "delegate target of SubscriberCargo.OnPrice")]
    [InlineData("OperatorCargo", "subscriber of the subject", "delegate target of OperatorCargo.OnPrice")]
    [InlineData("SignalCargo", "handler of a signal", "delegate target of SignalCargo.OnHangUp")]
    [InlineData("WatcherCargo", "event Changed of the watcher", "event handler WatcherCargo.OnChanged, delegate target")]
    [InlineData("ThreadStaticCargo", "thread static field Limpet.TestTargets.FrameworkHoldersTarget.t_cargo of thread ")]
    [InlineData("PoolCargo", "thread static field Limpet.TestTargets.FrameworkHoldersTarget.t_pooled of 3 threads, all of the pool")]
    public void Why_BehindAHolderOfTheFramework_SaysItInTheWordsOfTheSource(string cargo, params string[] words)
    {
        string why = CliProcess.Run("why", snapshot.Framework, "FrameworkHoldersTarget." + cargo, "--quiet").Expect(0).Output;

        Assert.All(words, word => Assert.Contains(word, why, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"↓ (_|m_|\[x\])|<>|d__|c__|Entry\[\]|CoherentState|ServiceLookup|CallSite", why);
    }

    [Theory]
    [InlineData("FinalizersTarget.QueuedCargo", "objects waiting for their finalizer", "QueuedFinalizable")]
    [InlineData("FinalizersTarget.Resurrected", "static field Limpet.TestTargets.FinalizersTarget.s_resurrected", "list element")]
    [InlineData("FinalizersTarget.Blocker", "local or argument of Blocker.Finalize")]
    public void Why_OnTheWayOfAFinalizer_SaysWhereItStands(string cargo, params string[] words) => AssertWords(snapshot.Finalizers, cargo, words);

    [Theory]
    [InlineData("CollectibleTarget.SharedCargo", "its type belongs to an assembly that can be unloaded, and keeps it loaded", "static field or handle of an unloadable assembly")]
    [InlineData("CollectibleTarget.EmittedCargo", "static field Limpet.TestTargets.CollectibleTarget.s_emitted")]
    public void Why_BehindAnUnloadableAssembly_SaysWhatKeepsItLoaded(string cargo, params string[] words) => AssertWords(snapshot.Collectible, cargo, words);

    private static void AssertWords(string file, string cargo, string[] words)
    {
        string why = CliProcess.Run("why", file, cargo, "--quiet").Expect(0).Output;

        Assert.All(words, word => Assert.Contains(word, why, StringComparison.Ordinal));
    }

    /// <summary>One snapshot of each target for all holders.</summary>
    public sealed class Snapshot : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        /// <summary>Takes them.</summary>
        public Snapshot()
        {
            Collections = Take("holders");
            Framework = Take("framework-holders");
            Finalizers = Take("finalizers");
            Collectible = Take("collectible");
        }

        /// <summary>The file with collections and what waits.</summary>
        public string Collections { get; }

        /// <summary>The file with what the framework and its packages hold.</summary>
        public string Framework { get; }

        /// <summary>The file with what waits for its finalizer, runs it and came back from it.</summary>
        public string Finalizers { get; }

        /// <summary>The file with what keeps an unloadable assembly loaded.</summary>
        public string Collectible { get; }

        /// <inheritdoc />
        public void Dispose() => folder.Dispose();

        private string Take(string target)
        {
            using TargetProcess process = TargetProcess.Start(target);
            string file = folder.File(target + ".limpet");
            CliProcess.Run("snapshot", $"{process.Id}", "-o", file, "--quiet").Expect(0);
            return file;
        }
    }
}
