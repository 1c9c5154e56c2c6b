namespace Limpet.Heap.Holders;

/// <summary>Which threads have a thread static field: a thread of the pool keeps it for the next that runs there, one that has ended keeps nothing.</summary>
internal static class ThreadWords
{
    /// <summary>What every thread of the pool runs, as stacks name it: one of these frames holds something.</summary>
    private static readonly string[] PoolFrames = ["WorkerThread.WorkerThreadStart", "WorkerThread.WorkerDoWork", "ThreadPoolWorkQueue.Dispatch"];

    /// <summary>The threads in whose field of a name there is something, such as <c>thread 7 of the pool</c> or <c>12 threads, 11 of the pool</c>; null for other roots, and where the source does not tell. O(roots).</summary>
    public static string? Of(HeapGraph graph, GcRoot root)
    {
        if (root.Kind != RootKind.ThreadStatic || root.ThreadId == 0)
        {
            return null;
        }

        HashSet<int> threads = [.. graph.Roots.Where(other => other.Kind == RootKind.ThreadStatic && other.Name == root.Name).Select(other => other.ThreadId)];
        HashSet<int> pool = [.. graph.Roots.Where(other => other.Kind == RootKind.Stack && threads.Contains(other.ThreadId) && IsOfPool(other.Name)).Select(other => other.ThreadId)];
        if (threads.Count == 1)
        {
            return FormattableString.Invariant($"thread {root.ThreadId}{(pool.Count == 1 ? " of the pool" : "")}");
        }

        string share = pool.Count == 0 ? "" : pool.Count == threads.Count ? ", all of the pool" : FormattableString.Invariant($", {pool.Count:#,0} of the pool");
        return FormattableString.Invariant($"{threads.Count:#,0} threads{share}");
    }

    private static bool IsOfPool(string frame)
    {
        string name = SourceNames.Frame(frame);
        return PoolFrames.Any(pool => name.Contains(pool, StringComparison.Ordinal));
    }
}
