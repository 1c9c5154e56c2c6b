using System.Collections.Immutable;
using System.Diagnostics;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>
/// Drives a number of operations. One that fails is counted, and the rest go on. One whose deadline passes ends the stretch: the target
/// hangs now, and now is when its stacks say why.
/// </summary>
internal sealed class Stretch
{
    /// <summary>Reasons that are kept apart.</summary>
    public const int MostReasons = 8;

    private const string OtherReasons = "other reasons";

    /// <summary>How long a driver may take to clear up after its deadline.</summary>
    private static readonly TimeSpan ClearingUp = TimeSpan.FromSeconds(5);

    private readonly IDriver _driver;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancelled;
    private readonly Lock _gate = new();
    private readonly List<(string Reason, long Count)> _failures = [];
    private long _left;
    private long _done;
    private long _failed;
    private bool _deadlinePassed;

    private Stretch(IDriver driver, long operations, TimeSpan timeout, CancellationTokenSource stop, CancellationToken cancelled)
    {
        _driver = driver;
        _left = operations;
        _timeout = timeout;
        _stop = stop;
        _cancelled = cancelled;
    }

    /// <summary>Drives. Returns also when it is cancelled, with what was done until then.</summary>
    /// <param name="driver">What one operation is.</param>
    /// <param name="operations">How many.</param>
    /// <param name="concurrency">How many at the same time.</param>
    /// <param name="perOperationTimeout">Deadline of each.</param>
    /// <param name="cancellationToken">Gives up: Ctrl-C, or the target ended.</param>
    public static async Task<StretchResult> DriveAsync(
        IDriver driver, long operations, int concurrency, TimeSpan perOperationTimeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(operations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(concurrency);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Stretch stretch = new(driver, operations, perOperationTimeout, stop, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, (int)Math.Min(concurrency, operations)).Select(_ => Task.Run(stretch.WorkAsync, CancellationToken.None)));
        return new StretchResult(
            stretch._done,
            stretch._failed,
            [.. stretch._failures.Select(failure => new FailureCount(failure.Reason, failure.Count))],
            Stopwatch.GetElapsedTime(start),
            stretch._deadlinePassed,
            cancellationToken.IsCancellationRequested);
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested && Interlocked.Decrement(ref _left) >= 0)
        {
            using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            if (_driver.HasDeadline)
            {
                deadline.CancelAfter(_timeout);
            }

            try
            {
                // A driver that does not heed its token must not hang the hunt as well.
                Task<OperationOutcome> operation = _driver.RunAsync(deadline.Token);
                Count(operation.IsCompleted || !_driver.HasDeadline ? await operation : await operation.WaitAsync(_timeout + ClearingUp, CancellationToken.None));
            }
            catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
            {
                if (_stop.IsCancellationRequested)
                {
                    return; // given up from outside, or because another operation hangs: neither done nor failed
                }

                lock (_gate)
                {
                    _deadlinePassed = true;
                }

                Count(OperationOutcome.Failed($"no answer within {DurationText.Format(_timeout)}"));
                await _stop.CancelAsync();
            }
        }
    }

    private void Count(OperationOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome.Failure is not { } reason)
            {
                _done++;
                return;
            }

            _failed++;
            int at = _failures.FindIndex(failure => failure.Reason == reason);
            if (at < 0 && _failures.Count >= MostReasons)
            {
                reason = OtherReasons;
                at = _failures.FindIndex(failure => failure.Reason == reason);
            }

            if (at < 0)
            {
                _failures.Add((reason, 1));
            }
            else
            {
                _failures[at] = (reason, _failures[at].Count + 1);
            }
        }
    }
}
