namespace Limpet.Heap.Holders;

/// <summary>Delegates: event handlers, method groups, lambdas.</summary>
internal sealed class DelegateMeaning : IHolderMeaning
{
    public string? Describe(TracePath path, int position)
    {
        HeapType type = path.TypeAt(position);
        if (!type.IsDelegate)
        {
            return null;
        }

        bool isHandler = IsHandler(path, position);
        return path.LabelAt(position).Member switch
        {
            "_invocationList" => isHandler ? "event handlers, invocation list" : "delegates, invocation list",
            "_target" => Target(path, position, isHandler),
            _ => null,
        };
    }

    /// <summary>Whether the delegate is an event's: by its type, or by that of the delegate whose invocation list it is in.</summary>
    private static bool IsHandler(TracePath path, int position) =>
        path.DefinitionAt(position).EndsWith("EventHandler", StringComparison.Ordinal);

    private static string Target(TracePath path, int position, bool isHandler)
    {
        if (path.CalledBy(position) is not { } method)
        {
            return isHandler ? "event handler, delegate target" : "delegate target";
        }

        string name = SourceNames.Method(method.Type, method.Name);
        if (method.Name.Contains(">b__", StringComparison.Ordinal))
        {
            bool closure = TypeNameParser.Parse(path.TypeAt(position + 1).Name) is { Parts: [.., { IsCompilerMade: true }] };
            return closure ? name : name + " capturing this";
        }

        return isHandler ? $"event handler {name}, delegate target" : $"delegate target of {name}";
    }
}
