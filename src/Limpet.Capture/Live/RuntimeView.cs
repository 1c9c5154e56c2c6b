using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// The debugging library's view of a target. What it has read it keeps, so a view is good for one stop only: over a target that
/// runs, its tables change while the library walks them, and it was seen not to come back.
/// </summary>
internal sealed class RuntimeView(int pid) : IDisposable
{
    private (DataTarget Target, ClrRuntime Runtime) current = RuntimeAttachment.Attach(pid);

    public ClrRuntime Runtime => current.Runtime;

    /// <summary>
    /// Replaces the view. The library's own way to forget what it has read keeps some of it: methods that were compiled since are not
    /// recognised on stacks. With everything loaded a new view costs about 5 ms.
    /// </summary>
    public ClrRuntime Renew()
    {
        (DataTarget Target, ClrRuntime Runtime) old = current;
        current = RuntimeAttachment.Attach(pid);
        Dispose(old);
        return current.Runtime;
    }

    public void Dispose() => Dispose(current);

    private static void Dispose((DataTarget Target, ClrRuntime Runtime) view)
    {
        view.Runtime.Dispose();
        view.Target.Dispose();
    }
}
