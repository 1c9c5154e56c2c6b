using System.Runtime.ExceptionServices;

namespace Limpet.Checks;

/// <summary>
/// Runs a check on a thread of its own: whoever asks may be on any thread, and no pool thread waits for collections. Values of AsyncLocal flow to it.
/// </summary>
internal static class CheckThread
{
    private const string Name = "limpet check";

    /// <summary>Runs a check to its end.</summary>
    public static T Run<T>(Func<T> check)
    {
        T? result = default;
        ExceptionDispatchInfo? error = null;
        Thread thread = new(() =>
        {
            try
            {
                result = check();
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { IsBackground = true, Name = Name };
        thread.Start();
        thread.Join();
        error?.Throw();
        return result!;
    }

    /// <summary>Starts a check.</summary>
    public static Task<T> RunAsync<T>(Func<T> check)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                done.SetResult(check());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        { IsBackground = true, Name = Name };
        thread.Start();
        return done.Task;
    }
}
