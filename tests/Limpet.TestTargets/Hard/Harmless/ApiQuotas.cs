using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Limits how many requests a caller may have at once, by a limiter for each caller; every operation is another caller. The limiters of those who
/// ask no more are dropped after ten seconds, by the framework.
/// </summary>
internal sealed class ApiQuotas : HarmlessTarget
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly QuotaDesk _desk = new();

    public override Truth Truth => Truth.Harmless(
        "A partitioned limiter drops the limiter of a key that has been idle for ten seconds.", "System.Threading.RateLimiting", "Clean", "Bounded");

    /// <summary>The framework looks at a list that still has those it has dropped, until another caller comes.</summary>
    protected override double Cap => CheckedOperations;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _desk.Serve($"caller {number}");

    /// <summary>All must go by themselves, in the ten seconds of the framework.</summary>
    protected override double[] Measured()
    {
        SpinWait.SpinUntil(() => QuotaDesk.Limiters == 0, s_deadline);
        Settling.Settle();
        return [QuotaDesk.Limiters + base.Measured()[0]];
    }
}

internal sealed class CallerQuota(string caller) : RateLimiter
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = 5 });

    public string Caller { get; } = caller;

    public override TimeSpan? IdleDuration => _limiter.IdleDuration;

    public override RateLimiterStatistics? GetStatistics() => _limiter.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => _limiter.AttemptAcquire(permitCount);

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(permitCount, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        QuotaDesk.Dropped();
        _limiter.Dispose();
        base.Dispose(disposing);
    }
}

internal sealed class QuotaDesk
{
    private static int s_limiters;

    private readonly PartitionedRateLimiter<string> _quotas = PartitionedRateLimiter.Create<string, string>(
        static caller => RateLimitPartition.Get(caller, Create));

    public static int Limiters => Volatile.Read(ref s_limiters);

    public int Served { get; private set; }

    public static void Dropped() => Interlocked.Decrement(ref s_limiters);

    public void Serve(string caller)
    {
        using RateLimitLease lease = _quotas.AttemptAcquire(caller);
        Served += lease.IsAcquired ? 1 : 0;
    }

    private static CallerQuota Create(string caller)
    {
        Interlocked.Increment(ref s_limiters);
        CallerQuota quota = new(caller);
        Subjects.Add(quota);
        return quota;
    }
}
