namespace Limpet.Heap.Holders;

/// <summary>Suspended async methods: their <c>this</c>, their locals, what they wait for, and who waits for them.</summary>
internal sealed class AsyncMethodMeaning : IHolderMeaning
{
    private const string Machine = "StateMachine.";

    public string? Describe(TracePath path, int position)
    {
        string member = path.LabelAt(position).Member;
        if (member == "m_continuationObject" && SourceNames.AsyncMethodOf(path.TypeAt(position + 1).Name) is { } waiting)
        {
            return "awaited by " + waiting;
        }

        string? method = SourceNames.AsyncMethodOf(path.TypeAt(position).Name);
        if (method is null)
        {
            return null;
        }

        if (member == "StateMachine")
        {
            return "state of " + method;
        }

        if (!member.StartsWith(Machine, StringComparison.Ordinal))
        {
            return null;
        }

        string field = SourceNames.Field(member[Machine.Length..]);
        return field switch
        {
            "this" => "this of " + method,
            "closure" => "closure of " + method,
            _ when field.StartsWith("awaiter", StringComparison.Ordinal) => "what " + method + " awaits",
            _ => $"variable {field} of {method}",
        };
    }
}
