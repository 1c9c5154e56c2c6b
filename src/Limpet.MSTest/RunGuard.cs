using Limpet.Guards;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>The guard of this run, and what it must know of MSTest.</summary>
internal sealed class RunGuard : ITestHost
{
    private static readonly RepeatedRun? Repeated = RepeatedRun.FromEnvironment();
    private static int _repeats;
    private static int _ended;

    private static readonly Lazy<LeakGuard> Current = new(() =>
    {
        LeakGuard guard = LeakGuard.Start(new RunGuard(), new LeakGuardOptions().WithEnvironment());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        return guard;
    });

    public string Framework => "MSTest";

    public string? RunnerProperty => "EnableMSTestRunner";

    public bool TellsClassEnd => false;

    /// <summary>The run has ended, if there was one.</summary>
    public static void End()
    {
        if (Current.IsValueCreated && Interlocked.Exchange(ref _ended, 1) == 0)
        {
            GuardTable.Print(Current.Value.EndRun());
        }
    }

    /// <summary>Runs a test under the guard; in a process that a guard started, again and again.</summary>
    public static async Task<TestResult[]> RunAsync(ITestMethod method, Func<Task<TestResult[]>> run)
    {
        GuardedTest test = new(method.TestClassName, method.TestMethodName);
        if (Repeated is not null)
        {
            return Repeated.Selects(test.ClassName, test.Method!) && Interlocked.Exchange(ref _repeats, 1) == 0 ? await RepeatAsync(Repeated, run) : await run();
        }

        LeakGuard guard = Current.Value;
        guard.BeginTest(test);
        bool failed = true;
        try
        {
            TestResult[] results = await run();
            failed = Failures(results) > 0;
            return results;
        }
        finally
        {
            guard.EndTest(test, failed || method.GetAttributes<KnownLeakAttribute>().Length > 0);
        }
    }

    private static int Failures(TestResult[] results) => results.Count(result => result.Outcome != UnitTestOutcome.Passed);

    // A class cannot be run again as a whole: a test is all that is told to an attribute.
    public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => test.Method is null ? null : ["--filter", $"FullyQualifiedName~{test.ClassName}.{test.Method}"];

    private static async Task<TestResult[]> RepeatAsync(RepeatedRun repeated, Func<Task<TestResult[]>> run)
    {
        TestResult[] results;
        do
        {
            results = await run();
        }
        while (repeated.AfterRun(results.Length, Failures(results)));
        return results;
    }
}
