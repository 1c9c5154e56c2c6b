using System.Collections.Immutable;
using Limpet.Measuring;

namespace Limpet.Resources;

/// <summary>Threads by name, told apart by who starts and ends them: the runtime or the program.</summary>
internal static class RuntimeThreads
{
    /// <summary>What the runtime calls the workers of its pool. A thread without a name of its own that a worker starts inherits it.</summary>
    public const string PoolWorker = ".NET TP Worker";

    /// <summary>How such a thread is called here.</summary>
    private const string StartedByWorker = "without a name, started by a thread of the pool";

    /// <summary>The beginnings of names of the other threads that the runtime starts and ends when it likes; one of each, or a few for all cores.</summary>
    private static readonly string[] Beginnings =
    [
        ".NET BGC", ".NET DebugPipe", ".NET Debugger", ".NET EventPipe", ".NET Finalizer", ".NET IO", ".NET Server GC", ".NET SigHandler", ".NET Sockets", ".NET SynchManag",
        ".NET TP Gate", ".NET TP Wait", ".NET Tiered", ".NET Timer", "dotnet-diagnost", "dotnet-ds",
    ];

    public static bool IsByRuntime(string name) =>
        name == PoolWorker || Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Puts right what names alone get wrong, and leaves out Limpet's own: of the threads with a worker's name as many are workers as the pool says that it has.</summary>
    public static ImmutableSortedDictionary<string, int> Tell(ImmutableSortedDictionary<string, int> byName, int poolThreads)
    {
        byName = byName.Remove(FinalizerWait.ThreadName);
        int strangers = byName.GetValueOrDefault(PoolWorker) - poolThreads;
        return strangers <= 0 ? byName : byName.SetItem(PoolWorker, poolThreads).SetItem(StartedByWorker, strangers);
    }
}
