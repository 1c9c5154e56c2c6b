namespace Limpet.Heap.Holders.Kinds;

/// <summary>Tasks of every kind: the members that all of them inherit, whatever the runtime derives from them, and the ways in which a task keeps who waits for it.</summary>
internal sealed class TaskMeaning : IHolderMeaning
{
    private const string Tasks = "System.Threading.Tasks.";
    private const string Continuation = "continuation of the task";

    private static readonly HashSet<string> Wrappers =
    [
        Tasks + "AwaitTaskContinuation",
        Tasks + "SynchronizationContextAwaitTaskContinuation",
        Tasks + "TaskSchedulerAwaitTaskContinuation",
        Tasks + "ContinueWithTaskContinuation",
        Tasks + "StandardTaskContinuation",
        "System.Runtime.CompilerServices.AsyncMethodBuilderCore.ContinuationWrapper",
    ];

    public HolderStep? Read(TracePath path, int position)
    {
        string member = path.LabelAt(position).Member;
        if (Wrappers.Contains(path.DefinitionAt(position)))
        {
            return member is "m_action" or "_continuation" or "m_task" or "_innerTask" ? Resumes(path, position) : null;
        }

        if (IsListOfContinuations(path, position))
        {
            return member == "[x]" ? Resumes(path, position) : HolderStep.Inside(Continuation);
        }

        if (path.Is(position, Tasks + "TaskCompletionSource"))
        {
            return member == "_task" ? HolderStep.Inside("its task") : null;
        }

        if (!path.Is(position, Tasks + "Task"))
        {
            return path.DefinitionAt(position) == Tasks + "Task.ContingentProperties" ? Contingent(member) : null;
        }

        return member switch
        {
            "m_continuationObject" => Resumes(path, position),
            "m_action" => HolderStep.To("body of the task"),
            "m_stateObject" => HolderStep.To("state of the task"),
            "m_result" => HolderStep.To("result of the task"),
            "m_antecedent" => HolderStep.To("task that it continues"),
            "m_taskScheduler" => HolderStep.To("scheduler of the task"),
            "m_contingentProperties" => HolderStep.Inside("properties of the task"),
            "m_tasks" or "_tasks" or "_task1" or "_task2" => HolderStep.InsideAs("task that it waits for"),
            "_task" => HolderStep.To("task that it waits for"),
            "_timer" => HolderStep.To("timer of the task"),
            _ => null,
        };
    }

    /// <summary>A step to what runs when the task is complete: a method that awaits it, another task, or a wrapper around one of these.</summary>
    private static HolderStep Resumes(TracePath path, int position)
    {
        int next = position + 1;
        if (SourceNames.AsyncMethodOf(path.TypeAt(next).Name) is { } waiting)
        {
            return HolderStep.To("awaited by " + waiting);
        }

        if (next == path.Nodes.Length - 1)
        {
            return HolderStep.To(Awaiting(path, next));
        }

        bool leadsOn = Wrappers.Contains(path.DefinitionAt(next)) || IsListOfContinuations(path, next) || IsResumption(path, next);
        return leadsOn ? HolderStep.Inside(Continuation) : HolderStep.To(Awaiting(path, next));
    }

    private static string Awaiting(TracePath path, int position) => TypeWords.Known(path.TypeAt(position)) is { } task ? "awaited by " + task : Continuation;

    /// <summary>Whether a delegate does nothing but resume a suspended method.</summary>
    private static bool IsResumption(TracePath path, int position) =>
        path.TypeAt(position).IsDelegate && path.LabelAt(position).Member == "_target"
        && (SourceNames.AsyncMethodOf(path.TypeAt(position + 1).Name) is not null || Wrappers.Contains(path.DefinitionAt(position + 1)));

    /// <summary>Whether the object is the list, or the list's array, that a task with several continuations keeps them in.</summary>
    private static bool IsListOfContinuations(TracePath path, int position)
    {
        int task = path.DefinitionAt(position) == "System.Collections.Generic.List" ? position - 1 : position - 2;
        return task >= 0
            && path.LabelAt(task).Member == "m_continuationObject"
            && path.DefinitionAt(task + 1) == "System.Collections.Generic.List"
            && (task + 1 == position || path.LabelAt(task + 1).Member == "_items");
    }

    private static HolderStep? Contingent(string member) => member switch
    {
        "m_capturedContext" => HolderStep.To("execution context of the task"),
        "m_parent" => HolderStep.To("parent task"),
        "m_exceptionsHolder" => HolderStep.To("exception of the task"),
        "m_cancellationToken._source" => HolderStep.To("cancellation token of the task"),
        _ => null,
    };
}
