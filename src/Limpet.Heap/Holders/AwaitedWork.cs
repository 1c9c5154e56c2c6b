namespace Limpet.Heap.Holders;

/// <summary>What a suspended async method waits for, from the awaiter that its state machine keeps while it is suspended.</summary>
internal static class AwaitedWork
{
    private const string Async = "async ";
    private const string Task = "System.Threading.Tasks.Task";

    /// <summary>Such as <c>awaiting Task.Delay</c>; null for what is no suspended method, and where the awaiter is a value without references.</summary>
    public static string? Of(HeapGraph graph, NodeIndex node) => NameOf(graph, node) is { } name ? "awaiting " + name : null;

    /// <summary>What it awaits, such as <c>Task.Delay</c>; null for what is no suspended method, and where the awaiter is a value without references.</summary>
    public static string? NameOf(HeapGraph graph, NodeIndex node)
    {
        if (SourceNames.AsyncMethodOf(graph.TypeOf(node).Name) is null)
        {
            return null;
        }

        NodeIndex awaited = TracePath.Follow(graph, node, IsAwaiter);
        if (awaited.IsNone)
        {
            // Built for debugging, the state machine is an object of its own.
            NodeIndex machine = TracePath.Follow(graph, node, member => member == "StateMachine");
            awaited = machine.IsNone ? machine : TracePath.Follow(graph, machine, IsAwaiter);
        }

        return awaited.IsNone ? null : Name(graph, awaited);
    }

    private static bool IsAwaiter(string member) =>
        member.StartsWith("StateMachine.<>u__", StringComparison.Ordinal) || member.StartsWith("<>u__", StringComparison.Ordinal);

    private static string Name(HeapGraph graph, NodeIndex awaited)
    {
        HeapType type = graph.TypeOf(awaited);
        if (SourceNames.AsyncMethodOf(type.Name) is { } method)
        {
            return method.StartsWith(Async, StringComparison.Ordinal) ? method[Async.Length..] : method;
        }

        if (TypeWords.Known(type) is { } words)
        {
            return words;
        }

        // A task without a body is completed by somebody's hand.
        return TypeFamily.Of(type).Definitions[0] != Task ? SourceNames.Type(type.Name)
            : TracePath.Follow(graph, awaited, member => member == "m_action").IsNone ? "a task that a TaskCompletionSource must complete"
            : "a task that runs " + Body(graph, awaited);
    }

    private static string Body(HeapGraph graph, NodeIndex task)
    {
        NodeIndex body = TracePath.Follow(graph, task, member => member == "m_action");
        return graph.Facts.TryGet(FactKind.DelegateCode, body, out ulong code) && graph.Methods.TryGetValue(code, out MethodName? method)
            ? SourceNames.Method(method.Type, method.Name)
            : "a delegate";
    }
}
