using System.Collections.Immutable;

namespace Limpet.Guards;

/// <summary>
/// Things that cannot be told apart, such as active timers and threads without a name, so this counts: what the number of them rose by while a set of tests ran. Of one that
/// a test started and another one ended, both are told.
/// </summary>
internal sealed class CountAccount
{
    private readonly Dictionary<string, (ImmutableArray<GuardedTest> Tests, long Sum)> _sums = [];
    private long _before;
    private long _last;

    public void Begin(long count) => _last = _before = count;

    public void Look(long count, List<GuardedTest> running)
    {
        if (count != _last && running.Count > 0)
        {
            ImmutableArray<GuardedTest> tests = [.. running.Distinct()];
            string key = string.Join('|', tests);
            _sums[key] = (tests, _sums.GetValueOrDefault(key).Sum + count - _last);
        }

        _last = count;
    }

    /// <summary>
    /// Who started more than they ended, if there are more now than before the tests; each no more than that. Where more than a few did, because they ran at the same time, it is
    /// nobody's: one line without a test.
    /// </summary>
    /// <param name="most">Lines beyond which it is nobody's.</param>
    public IEnumerable<(ImmutableArray<GuardedTest> Tests, long Count)> Left(int most)
    {
        long more = _last - _before;
        (ImmutableArray<GuardedTest> Tests, long Count)[] left = [.. _sums.Values.Where(sum => more > 0 && sum.Sum > 0).Select(sum => (sum.Tests, Math.Min(sum.Sum, more)))];
        return left.Length <= most ? left : [([], more)];
    }
}
