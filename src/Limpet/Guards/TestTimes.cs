using System.Diagnostics;

namespace Limpet.Guards;

/// <summary>How long tests took, and which may leave something: what running them again would cost, and whether it could tell anything.</summary>
internal sealed class TestTimes
{
    private readonly Dictionary<GuardedTest, long> _began = [];
    private readonly Dictionary<GuardedTest, TimeSpan> _longest = [];
    private readonly HashSet<GuardedTest> _excused = [];

    public void Begin(GuardedTest test) => _began[test] = Stopwatch.GetTimestamp();

    public void End(GuardedTest test, bool excused)
    {
        if (excused)
        {
            _excused.Add(test);
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

    /// <summary>Whether a test, or one of a class, failed or is about a known leak.</summary>
    public bool IsExcused(GuardedTest test) => test.Method is not null ? _excused.Contains(test) : _excused.Any(known => known.ClassName == test.ClassName);
}
