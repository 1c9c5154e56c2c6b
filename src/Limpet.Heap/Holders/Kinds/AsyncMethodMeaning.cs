namespace Limpet.Heap.Holders.Kinds;

/// <summary>Suspended async methods: their <c>this</c>, their locals, what they wait for, and who waits for them.</summary>
internal sealed class AsyncMethodMeaning : IHolderMeaning
{
    private const string Machine = "StateMachine.";

    public HolderStep? Read(TracePath path, int position)
    {
        string member = path.LabelAt(position).Member;
        if (SourceNames.AsyncMethodOf(path.TypeAt(position + 1).Name) is { } waiting && IsContinuation(path, position, member))
        {
            return HolderStep.To("awaited by " + waiting);
        }

        if (SourceNames.AsyncMethodOf(path.TypeAt(position).Name) is not { } method)
        {
            // Built for debugging, the state machine is an object of its own.
            return position > 0 && path.LabelAt(position - 1).Member == "StateMachine" && SourceNames.AsyncMethodOf(path.TypeAt(position - 1).Name) is { } machine
                ? HolderStep.To(Words(machine, member))
                : null;
        }

        if (member == "StateMachine")
        {
            return HolderStep.Inside("state of " + method);
        }

        if (member is "Context" or "<Context>k__BackingField")
        {
            return HolderStep.To("execution context of " + method);
        }

        if (member is "_moveNextAction" or "MoveNextAction")
        {
            return HolderStep.To("continuation of " + method);
        }

        return member.StartsWith(Machine, StringComparison.Ordinal) ? HolderStep.To(Words(method, member[Machine.Length..])) : null;
    }

    private static string Words(string method, string member)
    {
        string field = SourceNames.Field(member);
        return field.Split('.')[0] switch
        {
            "this" => "this of " + method,
            "closure" => "closure of " + method,
            "awaiter" => "what " + method + " awaits",
            "builder" => "task of " + method,
            _ => $"variable {field} of {method}",
        };
    }

    /// <summary>Whether the step is the one through which something that completes resumes the method: of a task, of an awaited source of values, of the delegate for custom awaiters.</summary>
    private static bool IsContinuation(TracePath path, int position, string member) =>
        member is "m_continuationObject" or "_continuationState"
        || member.EndsWith("._continuationState", StringComparison.Ordinal)
        || (member == "_target" && path.TypeAt(position).IsDelegate);
}
