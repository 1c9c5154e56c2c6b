using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A feed sends its messages from a loop, which waits for an event that is set when there is something to send. Each wait registers with the token
/// of the connection, and does not take the registration back when the event has come.
/// </summary>
/// <remarks><code>
/// FeedConnection ─_closing→ CancellationTokenSource ─→ Registrations ─Callbacks→ CallbackNode ─Next→ …
///     ─CallbackState→ Action ─_target→ closure ─wait→ TaskCompletionSource&lt;bool&gt;
/// </code></remarks>
internal sealed class ResetEventWaits(bool mended) : ReportedTarget(mended)
{
    private readonly FeedConnection _connection = new(mended);

    protected override string Issue => "JKorf/CryptoExchange.Net#229";

    protected override string Found =>
        "AsyncAutoResetEvent.WaitAsync registers a callback with a token that lives as long as the client, and never disposed the CancellationTokenRegistration.";

    protected override Truth Leak => Truth.Leak(
        "SendSignal.WaitAsync registers with FeedConnection._closing at every wait and keeps the registration.",
        "framework",
        FindingTruth.Objects("closure in Limpet.TestTargets.Reported.SendSignal", 1, "FeedConnection", "_closing", "SendSignal.WaitAsync"));

    protected override string Remedy => "SendSignal.WaitAsync disposes the registration when the wait is over.";

    public override string Build()
    {
        _connection.Open();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _connection.SendAsync($"subscribe {number % 30}").GetAwaiter().GetResult();

    /// <summary>The wait of the loop, which is there at every reading.</summary>
    protected override double Cap => 1;
}

/// <summary>Set by those who have something to send; awaited by the loop.</summary>
internal sealed class SendSignal(bool disposes)
{
    private readonly Queue<TaskCompletionSource<bool>> _waits = new();
    private bool _isSet;

    public void Set()
    {
        lock (_waits)
        {
            if (_waits.TryDequeue(out TaskCompletionSource<bool>? wait))
            {
                wait.TrySetResult(true);
            }
            else
            {
                _isSet = true;
            }
        }
    }

    public async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<bool> wait;
        lock (_waits)
        {
            if (_isSet)
            {
                _isSet = false;
                return true;
            }

            wait = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Enqueue(wait);
        }

        Subjects.Add(wait);
        CancellationTokenRegistration registration = cancellation.Register(() => wait.TrySetResult(false));
        try
        {
            return await wait.Task;
        }
        finally
        {
            if (disposes)
            {
                await registration.DisposeAsync();
            }
        }
    }
}

internal sealed class FeedConnection(bool disposes)
{
    private readonly CancellationTokenSource _closing = new();
    private readonly SendSignal _signal = new(disposes);
    private readonly SemaphoreSlim _waiting = new(0);
    private TaskCompletionSource? _sent;
    private string _message = "";
    private long _bytes;

    public void Open()
    {
        _ = SendLoopAsync();
        _waiting.Wait();
    }

    /// <summary>Hands a message to the loop, and returns when the loop waits for the next.</summary>
    public async Task SendAsync(string message)
    {
        _message = message;
        _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _signal.Set();
        await _sent.Task;
        await _waiting.WaitAsync();
    }

    private async Task SendLoopAsync()
    {
        while (true)
        {
            Task<bool> signal = _signal.WaitAsync(_closing.Token);
            _waiting.Release();
            if (!await signal)
            {
                return;
            }

            _bytes += _message.Length;
            _sent!.SetResult();
        }
    }
}
