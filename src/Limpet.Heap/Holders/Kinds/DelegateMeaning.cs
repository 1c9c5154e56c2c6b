namespace Limpet.Heap.Holders.Kinds;

/// <summary>Delegates: event handlers, method groups, lambdas and what these capture.</summary>
internal sealed class DelegateMeaning : IHolderMeaning
{
    public HolderStep? Read(TracePath path, int position)
    {
        if (IsInvocationList(path, position))
        {
            return HolderStep.Inside("delegate of an invocation list");
        }

        if (!path.TypeAt(position).IsDelegate)
        {
            return null;
        }

        return path.LabelAt(position).Member switch
        {
            "_invocationList" => HolderStep.Inside(IsHandler(path, position) ? "event handler" : "delegate of an invocation list"),
            "_target" => Target(path, position),
            "_methodBase" => HolderStep.To("its method belongs to an assembly that can be unloaded, and keeps it loaded"),
            _ => null,
        };
    }

    /// <summary>Whether the object is the array of a delegate with several targets.</summary>
    private static bool IsInvocationList(TracePath path, int position) =>
        position > 0 && path.TypeAt(position - 1).IsDelegate && path.LabelAt(position - 1).Member == "_invocationList";

    /// <summary>Whether the delegate is an event's, by its type.</summary>
    private static bool IsHandler(TracePath path, int position) =>
        path.DefinitionAt(position).EndsWith("EventHandler", StringComparison.Ordinal);

    private static HolderStep Target(TracePath path, int position)
    {
        bool isHandler = IsHandler(path, position);
        if (path.CalledBy(position) is not { } method)
        {
            return HolderStep.To(isHandler ? "event handler, delegate target" : "delegate target");
        }

        string name = SourceNames.Method(method.Type, method.Name);
        bool isLocal = method.Name.Contains(">b__", StringComparison.Ordinal) || method.Name.Contains(">g__", StringComparison.Ordinal);
        if (!isLocal)
        {
            return HolderStep.To(isHandler ? $"event handler {name}, delegate target" : $"delegate target of {name}");
        }

        string lambda = isHandler ? "event handler, " + name : name;
        int closure = position + 1;
        if (!ClosureMeaning.IsClosure(path, closure))
        {
            return HolderStep.To(path.FamilyAt(closure).Own is { Parts: [.., { IsCompilerMade: true }] } ? lambda : lambda + " capturing this");
        }

        while (closure < path.Nodes.Length - 1 && ClosureMeaning.IsClosure(path, closure))
        {
            closure++;
        }

        return ClosureMeaning.IsClosure(path, closure)
            ? HolderStep.To(lambda)
            : HolderStep.InsideAs($"{lambda} capturing {SourceNames.Field(path.LabelAt(closure - 1).Member)}");
    }
}
