using System.Diagnostics;
using System.Globalization;
using Limpet.Checks;
using Limpet.Tracking;

namespace Limpet.Bench.Checking;

/// <summary>How long a check takes whether an object is collected, in a process with a heap of some size; and what tracking an object costs.</summary>
internal static class CollectedBench
{
    private static readonly List<object> s_kept = [];

    /// <summary>Measures and prints.</summary>
    /// <param name="objects">Live objects beside the one that is checked.</param>
    /// <param name="repeat">Checks that pass; those that fail are a tenth.</param>
    public static int Run(int objects, int repeat)
    {
        object?[] heap = new object?[objects];
        for (int made = 0; made < objects; made++)
        {
            heap[made] = new object();
        }

        TimeSpan first = Time(() => LeakCheck.VerifyCollected(() => new object()));
        TimeSpan[] passing = [.. Enumerable.Range(0, repeat).Select(_ => Time(() => LeakCheck.VerifyCollected(() => new object())))];
        List<CheckResult> failing = [];
        for (int time = 0; time < Math.Max(1, repeat / 10); time++)
        {
            failing.Add(LeakCheck.FindCollected(Keep));
            s_kept.Clear();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"heap of {objects:#,0} objects: first {first.TotalMilliseconds:0.0} ms, then median {Middle(passing).TotalMilliseconds:0.00} ms, worst {passing.Max().TotalMilliseconds:0.0} ms; failing with traces: median {Middle([.. failing.Select(result => result.Duration)]).TotalSeconds:0.00} s, worst {failing.Max(result => result.Duration).TotalSeconds:0.00} s, without a trace {failing.Count(result => result.NoTraceReason is not null)}"));
        Track();
        GC.KeepAlive(heap);
        return 0;
    }

    private static void Track()
    {
        const int Count = 1_000_000;
        object[] tracked = [.. Enumerable.Range(0, Count).Select(_ => new object())];
        using LeakDetector<object> detector = new();
        for (int warm = 0; warm < 100_000; warm++)
        {
            detector.Track(tracked[warm]);
        }

        long before = Environment.WorkingSet;
        long start = Stopwatch.GetTimestamp();
        foreach (object item in tracked)
        {
            detector.Track(item);
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tracking: {taken.TotalNanoseconds / Count:0} ns and {(Environment.WorkingSet - before) / (double)Count:0} bytes an object"));
        GC.KeepAlive(tracked);
    }

    private static object Keep()
    {
        object made = new();
        s_kept.Add(made);
        return made;
    }

    private static TimeSpan Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Middle(TimeSpan[] times) => times.Order().ElementAt(times.Length / 2);
}
