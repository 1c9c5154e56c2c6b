using System.Diagnostics;
using Limpet.Capture.Native;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Asks the debugging library many questions about a target without holding it for long: it stands still for a slice of them, runs
/// on, and stands still for the next. For questions to which the library, asked over a running target, was seen not to come back.
/// </summary>
internal sealed class ShortStops(RuntimeView view)
{
    /// <summary>A new view pays for each module once more: shorter slices would mostly do that.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(60);

    /// <summary>How long the target stood still, in all stops so far.</summary>
    public TimeSpan Stalled { get; private set; }

    /// <summary>Asks each question once. The target must be running, and runs when this returns; what does not run is asked at once.</summary>
    public void Ask<T>(IEnumerable<T> questions, Action<ClrRuntime, T> ask, CancellationToken cancellation)
    {
        var left = new Queue<T>(questions);
        if (view.ProcessId is not { } pid)
        {
            foreach (T question in left)
            {
                cancellation.ThrowIfCancellationRequested();
                ask(view.Runtime, question);
            }

            return;
        }

        while (left.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            using (ThreadStop stop = ThreadStop.Stop(pid))
            {
                long start = Stopwatch.GetTimestamp();
                ClrRuntime runtime = view.Renew();
                do
                {
                    ask(runtime, left.Dequeue());
                }
                while (left.Count > 0 && Stopwatch.GetElapsedTime(start) < Slice);
                Stalled += Stopwatch.GetElapsedTime(start);
            }

            if (left.Count > 0)
            {
                cancellation.WaitHandle.WaitOne(Slice / 4);
            }
        }
    }
}
