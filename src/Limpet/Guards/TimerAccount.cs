using System.Collections.Immutable;

namespace Limpet.Guards;

/// <summary>
/// Active timers cannot be told apart, so this counts: what the number of them rose by while a set of tests ran. Of a timer that one test started and another
/// one disposed, both are told.
/// </summary>
internal sealed class TimerAccount
{
    private readonly Dictionary<string, (ImmutableArray<GuardedTest> Tests, long Sum)> _sums = [];
    private long _before;
    private long _last;

    public void Begin() => _last = _before = Timer.ActiveCount;

    public void Look(List<GuardedTest> running)
    {
        long now = Timer.ActiveCount;
        if (now != _last && running.Count > 0)
        {
            ImmutableArray<GuardedTest> tests = [.. running.Distinct()];
            string key = string.Join('|', tests);
            _sums[key] = (tests, _sums.GetValueOrDefault(key).Sum + now - _last);
        }

        _last = now;
    }

    /// <summary>Who started more than they ended, if more are active now than before the tests; each no more than there are now.</summary>
    public IEnumerable<(ImmutableArray<GuardedTest> Tests, long Count)> Left()
    {
        long more = Timer.ActiveCount - _before;
        return _sums.Values.Where(sum => more > 0 && sum.Sum > 0).Select(sum => (sum.Tests, Math.Min(sum.Sum, more)));
    }
}
