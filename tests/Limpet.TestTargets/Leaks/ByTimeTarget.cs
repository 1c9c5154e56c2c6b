using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>A timer makes a Subject every 20 ms, driven or not; operations do nothing. Leaky: all stay, up to 50 per second. Fixed: the
/// last 10 stay.</summary>
/// <remarks><code>
/// static s_samples ─→ Queue&lt;Subject&gt; ─→ Subject[] ─→ Subject
/// </code></remarks>
internal sealed class ByTimeTarget(bool leaky) : LeakTarget(leaky)
{
    private const int Kept = 10;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);
    private static readonly Queue<Subject> s_samples = new();
    private static Timer? s_sampler;
    private int _made;

    public override string Build()
    {
        s_sampler = new Timer(_ => Sample(), null, s_interval, s_interval);
        return "";
    }

    protected override int CheckedOperations => 100;

    /// <summary>Lets the timer make its hundred, then stops it and waits for the tick that may be under way.</summary>
    protected override void StartMeasuring()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _made) >= CheckedOperations);
        using ManualResetEvent stopped = new(false);
        s_sampler!.Dispose(stopped);
        stopped.WaitOne();
    }

    protected override long Declared(int operations) => Leaky ? _made : Kept;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sample()
    {
        lock (s_samples)
        {
            s_samples.Enqueue(new Subject(++_made));
            if (!Leaky && s_samples.Count > Kept)
            {
                s_samples.Dequeue();
            }
        }
    }
}
