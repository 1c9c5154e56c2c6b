using Limpet.Heap.Holders;

namespace Limpet.Heap.Paths;

/// <summary>
/// How much a way tells its reader, 0 the most: what the program's fields hold is told first; what only the runtime's own stacks,
/// tables and queues hold, or what is there because somebody looks, is told last.
/// </summary>
internal static class InformationRank
{
    private const int Program = 0;
    private const int Handle = 1;
    private const int Runtime = 2;
    private const int Observer = 3;

    /// <summary>Types of the framework that a stack runs through whatever the program does.</summary>
    private static readonly HashSet<string> RuntimeFrames =
    [
        "Thread", "StartHelper", "ThreadPoolWorkQueue", "PortableThreadPool", "WorkerThread", "GateThread", "WaitThread", "TimerQueue", "TimerThread",
        "Monitor", "WaitHandle", "LowLevelLifoSemaphore", "ExecutionContext", "GC", "Environment", "EventSource", "NativeRuntimeEventSource",
    ];

    /// <summary>The rank of the ways that begin at a root.</summary>
    public static int Of(PathRoot root) =>
        KnownFacts.All.Any(fact => fact is { Kind: KnownFactKind.Observer, Root: { } name } && root.Name.StartsWith(name, StringComparison.Ordinal)) ? Observer : root.Kind switch
        {
            RootKind.StaticField or RootKind.ThreadStatic => Program,
            RootKind.Stack => IsRuntimeFrame(root.Name) ? Runtime : Handle,
            RootKind.FinalizerQueue or RootKind.RuntimeTable => Runtime,
            _ => Handle,
        };

    private static bool IsRuntimeFrame(string frame)
    {
        // A method of the framework has its type's name before it, with or without namespace.
        string[] steps = frame.Split('.');
        return frame.Contains(' ', StringComparison.Ordinal) ? frame == "stack of the runtime"
            : FrameworkTypes.IsFramework(frame) || (steps.Length > 1 && RuntimeFrames.Contains(steps[^2]));
    }
}
