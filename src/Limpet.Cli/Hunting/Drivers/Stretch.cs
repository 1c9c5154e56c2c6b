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

    /// <summary>Pauses of each that drives: the operations between two of them are done as one.</summary>
    private const int MostPauses = 32;

    /// <summary>How long a driver may take to clear up after its deadline.</summary>
    private static readonly TimeSpan ClearingUp = TimeSpan.FromSeconds(5);

    private readonly IDriver _driver;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancelled;
    private readonly Lock _gate = new();
    private readonly List<(string Reason, long Count)> _failures = [];
    private readonly long _operationsToPause;
    private readonly TimeSpan _pause;
    private long _left;
    private long _done;
    private long _failed;
    private bool _deadlinePassed;

    private long _pausedTicks;

    private Stretch(IDriver driver, long operations, int workers, TimeSpan pauses, TimeSpan timeout, CancellationTokenSource stop, CancellationToken cancelled)
    {
        long each = (operations + workers - 1) / workers;
        _operationsToPause = (each + MostPauses - 1) / MostPauses;
        _pause = pauses / Math.Max(1, (each - 1) / _operationsToPause);
        _driver = driver;
        _left = operations;
        _timeout = timeout;
        _stop = stop;
        _cancelled = cancelled;
    }

    /// <summary>Drives at full pace. Returns also when it is cancelled, with what was done until then.</summary>
    /// <param name="driver">What one operation is.</param>
    /// <param name="operations">How many.</param>
    /// <param name="concurrency">How many at the same time.</param>
    /// <param name="perOperationTimeout">Deadline of each.</param>
    /// <param name="cancellationToken">Gives up: Ctrl-C, or the target ended.</param>
    public static Task<StretchResult> DriveAsync(
        IDriver driver, long operations, int concurrency, TimeSpan perOperationTimeout, CancellationToken cancellationToken = default) =>
        DriveAsync(driver, operations, TimeSpan.Zero, concurrency, perOperationTimeout, cancellationToken);

    /// <summary>Drives with pauses between the operations.</summary>
    /// <param name="driver">What one operation is.</param>
    /// <param name="operations">How many.</param>
    /// <param name="pauses">How long all pauses are together.</param>
    /// <param name="concurrency">How many at the same time.</param>
    /// <param name="perOperationTimeout">Deadline of each.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<StretchResult> DriveAsync(
        IDriver driver, long operations, TimeSpan pauses, int concurrency, TimeSpan perOperationTimeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(operations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(concurrency);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int workers = (int)Math.Min(concurrency, operations);
        Stretch stretch = new(driver, operations, workers, pauses, perOperationTimeout, stop, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(stretch.WorkAsync, CancellationToken.None)));
        TimeSpan paused = TimeSpan.FromTicks(stretch._pausedTicks / workers);
        return new StretchResult(
            stretch._done,
            stretch._failed,
            [.. stretch._failures.Select(failure => new FailureCount(failure.Reason, failure.Count))],
            Stopwatch.GetElapsedTime(start) - paused,
            stretch._deadlinePassed,
            cancellationToken.IsCancellationRequested) { Paused = paused };
    }

    private async Task WorkAsync()
    {
        for (long begun = 0; !_stop.IsCancellationRequested && Interlocked.Decrement(ref _left) >= 0; begun++)
        {
            await PauseAsync(begun);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

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

    /// <summary>Pauses before every so many operations, but not before the first.</summary>
    private async Task PauseAsync(long begun)
    {
        if (_pause == TimeSpan.Zero || begun == 0 || begun % _operationsToPause != 0)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        await Task.Delay(_pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Add(ref _pausedTicks, Stopwatch.GetElapsedTime(start).Ticks);
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
