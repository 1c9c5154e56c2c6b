namespace Limpet.Heap.Holders;

/// <summary>Tasks of every kind: the members that all of them inherit, whatever the runtime derives from them.</summary>
internal sealed class TaskMeaning : IHolderMeaning
{
    private const string Tasks = "System.Threading.Tasks.";

    public string? Describe(TracePath path, int position)
    {
        string type = path.TypeAt(position).Name;
        if (!type.StartsWith(Tasks, StringComparison.Ordinal) && SourceNames.AsyncMethodOf(type) is null)
        {
            return null;
        }

        return path.LabelAt(position).Member switch
        {
            "m_continuationObject" => "task continuation",
            "m_action" => "task body",
            "m_stateObject" => "task state",
            "m_result" => "task result",
            "m_antecedent" => "task that was continued",
            "_task" => "task of a TaskCompletionSource",
            _ => null,
        };
    }
}
