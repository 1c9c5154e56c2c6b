using System.Runtime.ExceptionServices;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// The debugging library's view of a target. What it has read it keeps, so a view of a process is good for one stop only: over a target
/// that runs, its tables change while the library walks them, and it was seen not to come back. A dump does not change.
/// </summary>
internal sealed class RuntimeView : IDisposable
{
    /// <summary>The words for what has no end.</summary>
    internal const string NoEnd = "does not come to an end";

    /// <summary>Stacks take milliseconds; this is for a deep one on a machine that has much else to do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly int? pid;
    private bool isStuck;
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

    /// <summary>
    /// Asks the debugging library what it may never answer: its native part was seen to follow the frames of an altered stack for ever. Nobody can end it there, and it lets nobody else in.
    /// </summary>
    /// <param name="question">What is asked, on a thread of its own.</param>
    /// <param name="what">What it is about, for the message.</param>
    /// <exception cref="InvalidDataException">It gave no answer. Only the end of this process ends the question.</exception>
    public void AskForEnd(Action question, string what)
    {
        ExceptionDispatchInfo? failure = null;
        Thread asking = new(() =>
        {
            try
            {
                question();
            }
            catch (Exception exception)
            {
                // It is thrown again on the thread that waits.
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { IsBackground = true };
        asking.Start();
        if (!asking.Join(Patience))
        {
            isStuck = true;
            throw new InvalidDataException($"{what} {NoEnd}");
        }

        failure?.Throw();
    }

    /// <summary>Lets the library go; not while it is stuck, for it is still at work.</summary>
    public void Dispose()
    {
        if (!isStuck)
        {
            Dispose(current);
        }
    }

    private static void Dispose((DataTarget Target, ClrRuntime Runtime) view)
    {
        view.Runtime.Dispose();
        view.Target.Dispose();
    }
}
