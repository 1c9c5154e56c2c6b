namespace Limpet.Heap.Holders.Kinds;

/// <summary>Values of AsyncLocals, and the execution contexts that timers, tasks and registrations keep them in.</summary>
internal sealed class AsyncLocalMeaning : MemberTable
{
    private const string Context = "System.Threading.ExecutionContext";

    public AsyncLocalMeaning()
        : base("System.Threading.")
    {
        InsideAs("ExecutionContext", "m_localValues", "value of an AsyncLocal");
        Elements("ExecutionContext", "m_localChangeNotifications", "AsyncLocal that is told of changes");
        Elements("AsyncLocalValueMap.MultiElementAsyncLocalValueMap", "_keyValues", "value of an AsyncLocal");
        foreach (var (count, map) in (IEnumerable<(int, string)>)[(1, "One"), (2, "Two"), (3, "Three"), (4, "Four")])
        {
            for (int item = 0; item < count; item++)
            {
                Holds($"AsyncLocalValueMap.{map}ElementAsyncLocalValueMap", $"_item{item}.key", "AsyncLocal");
                Holds($"AsyncLocalValueMap.{map}ElementAsyncLocalValueMap", $"_item{item}.value", "value of an AsyncLocal");
                Holds($"AsyncLocalValueMap.{map}ElementAsyncLocalValueMap", $"_value{item + 1}", "value of an AsyncLocal");
                Holds($"AsyncLocalValueMap.{map}ElementAsyncLocalValueMap", $"_key{item + 1}", "AsyncLocal");
            }
        }
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position) =>
        base.Read(path, position)
        ?? (path.TypeAt(position + 1).Name == Context && FrameworkTypes.IsFramework(path.TypeAt(position).Name) ? HolderStep.To("captured execution context") : null);
}
