using System.Diagnostics;

namespace Limpet.Guards;

/// <summary>How long tests took, and which failed: what running them again would cost, and whether it could tell anything.</summary>
internal sealed class TestTimes
{
    private readonly Dictionary<GuardedTest, long> _began = [];
    private readonly Dictionary<GuardedTest, TimeSpan> _longest = [];
    private readonly HashSet<GuardedTest> _failed = [];

    public void Begin(GuardedTest test) => _began[test] = Stopwatch.GetTimestamp();

    public void End(GuardedTest test, bool failed)
    {
        if (failed)
        {
            _failed.Add(test);
        }

        if (_began.Remove(test, out long began))
        {
            TimeSpan time = Stopwatch.GetElapsedTime(began);
            _longest[test] = time > _longest.GetValueOrDefault(test) ? time : _longest[test];
        }
    }

    /// <summary>How long a run of a test took; of a class, all its tests together.</summary>
    public TimeSpan Of(GuardedTest test) => test.Method is not null
        ? _longest.GetValueOrDefault(test)
        : _longest.Where(known => known.Key.ClassName == test.ClassName).Aggregate(TimeSpan.Zero, (sum, known) => sum + known.Value);

    /// <summary>Whether a test, or one of a class, failed.</summary>
    public bool HasFailed(GuardedTest test) => test.Method is not null ? _failed.Contains(test) : _failed.Any(failed => failed.ClassName == test.ClassName);
}
