using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Limpet.Capture.Live;

/// <summary>The one thread that stops a target and drives ClrMD: the kernel and the debugging library both want it so.</summary>
internal sealed class TracerThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;

    public TracerThread()
    {
        thread = new Thread(Loop) { IsBackground = true, Name = "limpet tracer" };
        thread.Start();
    }

    public T Run<T>(Func<T> function)
    {
        if (Thread.CurrentThread == thread)
        {
            return function();
        }

        T? result = default;
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        work.Add(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        failure?.Throw();
        return result!;
    }

    public void Run(Action action) => Run<object?>(() =>
    {
        action();
        return null;
    });

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void Loop()
    {
        foreach (Action action in work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
