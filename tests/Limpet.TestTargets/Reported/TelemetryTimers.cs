using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A chat client measures how long its calls take, and a timer of it cleans the figures every minute. A client is made for each message, and cannot be
/// disposed: its timer runs on and keeps the figures.
/// </summary>
/// <remarks><code>
/// static TimerQueue.Instances ─→ TimerQueue ─_longTimers→ TimerQueueTimer ─_next→ … ─_timerCallback→ CallFigures.Clean ─→ CallFigures ─_cleaning→ Timer
/// </code></remarks>
internal sealed class TelemetryTimers(bool mended) : ReportedTarget(mended)
{
    protected override string Issue => "pubnub/c-sharp#169";

    protected override string Found =>
        "The client makes a TelemetryManager with a timer and never disposes it, so that the number of active timers grows with the number of clients.";

    protected override Truth Leak => Truth.Leak(
        "ChatClient makes CallFigures, whose timer, with the callback CallFigures.Clean, is never disposed.",
        "framework",
        FindingTruth.Resource("TimerLeak", typeof(CallFigures).FullName!, 1, "TimerQueue", "CallFigures.Clean"));

    protected override string Remedy => "ChatClient is disposable, disposes its figures, and is disposed after each message.";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        ChatClient client = new();
        client.Send($"message {number % 40}");
        if (Mended)
        {
            client.Dispose();
        }
    }
}

internal sealed class ChatClient : IDisposable
{
    private readonly CallFigures _figures = new();

    public void Send(string message) => _figures.Add(TimeSpan.FromMilliseconds(message.Length));

    public void Dispose() => _figures.Dispose();
}

/// <summary>How long the calls of the last minutes took.</summary>
internal sealed class CallFigures : IDisposable
{
    private readonly Queue<TimeSpan> _calls = new();
    private readonly Timer _cleaning;

    public CallFigures()
    {
        Subjects.Add(this);
        _cleaning = new Timer(Clean, null, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
    }

    public void Add(TimeSpan call)
    {
        lock (_calls)
        {
            _calls.Enqueue(call);
        }
    }

    public void Dispose() => _cleaning.Dispose();

    private void Clean(object? state)
    {
        lock (_calls)
        {
            _calls.Clear();
        }
    }
}
