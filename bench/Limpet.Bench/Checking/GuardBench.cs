using System.Diagnostics;
using System.Globalization;
using Limpet.Guards;

namespace Limpet.Bench.Checking;

/// <summary>What a guard costs each test, in a process that has some descriptors and threads.</summary>
internal static class GuardBench
{
    private const int Descriptors = 100;
    private const int Threads = 30;
    private const int TestsOfAClass = 20;

    /// <summary>Measures and prints.</summary>
    /// <param name="tests">Tests of nothing in a run.</param>
    /// <param name="repeat">Runs.</param>
    public static int Run(int tests, int repeat)
    {
        using ManualResetEventSlim stop = new();
        FileStream[] files = [.. Enumerable.Range(0, Descriptors).Select(_ => File.OpenRead("/proc/self/status"))];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(stop.Wait) { IsBackground = true, Name = $"bench {number}" })];
        Array.ForEach(threads, thread => thread.Start());
        for (int run = 0; run < repeat; run++)
        {
            Console.WriteLine(RunTests(tests));
        }

        stop.Set();
        Array.ForEach(threads, thread => thread.Join());
        Array.ForEach(files, file => file.Dispose());
        return 0;
    }

    private static string RunTests(int tests)
    {
        using LeakGuard guard = LeakGuard.Start(new NoHost(), new LeakGuardOptions { Confirm = false });
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long between = 0;
        for (int test = 0; test < tests; test++)
        {
            string name = "Desk.Tests" + (test / TestsOfAClass).ToString(CultureInfo.InvariantCulture);
            if (test % TestsOfAClass == 0)
            {
                guard.BeginClass(name);
            }

            GuardedTest guarded = new(name, "Test" + (test % TestsOfAClass).ToString(CultureInfo.InvariantCulture));
            long start = Stopwatch.GetTimestamp();
            guard.BeginTest(guarded);
            guard.EndTest(guarded);
            between += Stopwatch.GetTimestamp() - start;
            if (test % TestsOfAClass == TestsOfAClass - 1)
            {
                guard.EndClass(name);
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        processor = Environment.CpuUsage.TotalTime - processor;
        GuardResult result = guard.EndRun();
        return string.Create(CultureInfo.InvariantCulture, $"{tests:#,0} tests, {Descriptors} descriptors, {Threads} threads: {result.Overhead.TotalMilliseconds / tests:0.000} ms a test with {result.Readings.Length} settled readings, {Stopwatch.GetElapsedTime(0, between).TotalMilliseconds / tests:0.000} ms without; {processor.TotalMilliseconds / tests:0.000} ms of processor time, {allocated / tests:#,0} bytes allocated a test");
    }

    private sealed class NoHost : ITestHost
    {
        public string Framework => "bench";

        public bool TellsClassEnd => true;

        public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => null;
    }
}
