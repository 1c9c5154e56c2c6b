namespace Limpet.Heap.Holders.Kinds;

/// <summary>
/// Fields that hold the handlers of an event. The field of an event that C# declares has the event's name; one of a class of the
/// framework is known by name.
/// </summary>
internal sealed class EventMeaning : MemberTable
{
    public EventMeaning()
        : base("System.")
    {
        Holds("Timers.Timer", "_onIntervalElapsed", "event Elapsed of the timer");
        Holds("AppDomain", "_processExit|ProcessExit", "event ProcessExit");
        Holds("IO.FileSystemWatcher", "_onChangedHandler", "event Changed of the watcher");
        Holds("IO.FileSystemWatcher", "_onCreatedHandler", "event Created of the watcher");
        Holds("IO.FileSystemWatcher", "_onDeletedHandler", "event Deleted of the watcher");
        Holds("IO.FileSystemWatcher", "_onRenamedHandler", "event Renamed of the watcher");
        Holds("IO.FileSystemWatcher", "_onErrorHandler", "event Error of the watcher");
        Holds("Diagnostics.Process", "_onExited", "event Exited of the process");
        InsideAs("Runtime.InteropServices.PosixSignalRegistration", "_token", "handler of a signal");
        Holds("Runtime.InteropServices.PosixSignalRegistration.Token", "<Handler>k__BackingField", "handler of a signal");
        InsideAs("ComponentModel.Component", "_events", "event of the component");
        Inside("ComponentModel.EventHandlerList", "_head", "event handlers");
        Holds("ComponentModel.EventHandlerList.ListEntry", "_handler", "event handler");
        Inside("ComponentModel.EventHandlerList.ListEntry", "_next", "event handlers");
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position)
    {
        if (base.Read(path, position) is { } step)
        {
            return step;
        }

        string member = path.LabelAt(position).Member;
        return path.LabelAt(position).Kind == "Field" && path.TypeAt(position + 1).IsDelegate && char.IsUpper(member[0]) && IsHandler(path, position + 1)
            ? HolderStep.To("event " + member)
            : null;
    }

    private static bool IsHandler(TracePath path, int position) =>
        path.DefinitionAt(position).EndsWith("EventHandler", StringComparison.Ordinal)
        || (position + 1 < path.Nodes.Length && path.LabelAt(position).Member == "_invocationList");
}
