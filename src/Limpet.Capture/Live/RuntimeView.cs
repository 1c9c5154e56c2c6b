using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// The debugging library's view of a target. What it has read it keeps, so a view of a process is good for one stop only: over a target
/// that runs, its tables change while the library walks them, and it was seen not to come back. A dump does not change.
/// </summary>
internal sealed class RuntimeView : IDisposable
{
    private readonly int? pid;
    private (DataTarget Target, ClrRuntime Runtime) current;

    /// <summary>A view of a running process.</summary>
    public RuntimeView(int pid)
    {
        this.pid = pid;
        current = RuntimeAttachment.Attach(pid);
    }

    /// <summary>A view of what does not change; it takes both over.</summary>
    public RuntimeView(DataTarget target, ClrRuntime runtime) => current = (target, runtime);

    public ClrRuntime Runtime => current.Runtime;

    /// <summary>The process; null where nothing runs.</summary>
    public int? ProcessId => pid;

    /// <summary>
    /// Replaces the view. The library's own way to forget what it has read keeps some of it: methods that were compiled since are not
    /// recognised on stacks. With everything loaded a new view costs about 5 ms.
    /// </summary>
    public ClrRuntime Renew()
    {
        if (pid is { } process)
        {
            (DataTarget Target, ClrRuntime Runtime) old = current;
            current = RuntimeAttachment.Attach(process);
            Dispose(old);
        }

        return current.Runtime;
    }

    public void Dispose() => Dispose(current);

    private static void Dispose((DataTarget Target, ClrRuntime Runtime) view)
    {
        view.Runtime.Dispose();
        view.Target.Dispose();
    }
}
