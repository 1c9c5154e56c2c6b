using System.Runtime.Loader;

namespace Limpet.Resources;

/// <summary>
/// What this process holds, as bare numbers: the cheap part of a <see cref="ResourceSnapshot"/>, for a look before and after each test (about 0.1 ms,
/// no collection). All are of the whole process. A number that the system refused is null, never 0.
/// </summary>
public readonly record struct ResourceCounts
{
    /// <summary>Open descriptors, without the one that the reading itself needs.</summary>
    public int? Descriptors { get; init; }

    /// <summary>Threads of the operating system: the runtime's and the thread pool's too, without the one that Limpet keeps for its own use.</summary>
    public int? Threads { get; init; }

    /// <summary>Threads of the thread pool, which the pool starts and ends by itself.</summary>
    public int PoolThreads { get; init; }

    /// <summary>Work items that wait for a thread of the pool.</summary>
    public long QueuedWorkItems { get; init; }

    /// <summary>Timers that are due some time: those of <c>Threading.Timer</c>, <c>Task.Delay</c>, time-outs of cancellation.</summary>
    public long ActiveTimers { get; init; }

    /// <summary>Resident memory of the process; the kernel's count lags by some pages.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>Bytes on the managed heap, with the garbage that no collection has found yet.</summary>
    public long ManagedBytes { get; init; }

    /// <summary>Bytes that were allocated since the process began; exact to some KiB a thread.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Assembly load contexts that are alive, the default one too.</summary>
    public int LoadContexts { get; init; }

    /// <summary>Assemblies that are loaded, dynamic ones too.</summary>
    public int Assemblies { get; init; }

    /// <summary>Objects that wait for their finalizer, as of the last collection.</summary>
    public long FinalizersPending { get; init; }

    /// <summary>Collections since the process began, of any generation.</summary>
    public int Collections { get; init; }

    /// <summary>Threads that are not the pool's: what code that forgets a thread adds to. Null when threads could not be counted.</summary>
    public int? OwnThreads => Threads - PoolThreads;

    /// <summary>Reads them now, from any thread.</summary>
    internal static ResourceCounts Take()
    {
        (long? resident, int? threads, int pool, int? descriptors) = OwnProcess.Read();
        return new ResourceCounts
        {
            Descriptors = descriptors,
            Threads = threads,
            PoolThreads = pool,
            QueuedWorkItems = ThreadPool.PendingWorkItemCount,
            ActiveTimers = Timer.ActiveCount,
            ResidentBytes = resident,
            ManagedBytes = GC.GetTotalMemory(forceFullCollection: false),
            AllocatedBytes = GC.GetTotalAllocatedBytes(precise: false),
            LoadContexts = AssemblyLoadContext.All.Count(),
            Assemblies = AppDomain.CurrentDomain.GetAssemblies().Length,
            FinalizersPending = GC.GetGCMemoryInfo(GCKind.Any).FinalizationPendingCount,
            Collections = GC.CollectionCount(0),
        };
    }
}
