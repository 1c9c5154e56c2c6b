using System.Reflection;
using Limpet.Guards;
using Xunit.Sdk;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>Runs tests under a guard; in a process that a guard started, one of them again and again.</summary>
internal sealed class GuardedExecutor(IXunitTestAssembly testAssembly) : XunitTestFrameworkExecutor(testAssembly)
{
    public override async ValueTask RunTestCases(
        IReadOnlyCollection<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions, CancellationToken cancellationToken)
    {
        RunGuard.AssemblyIsGuarded = true;
        // Messages come when things happen, on the thread on which they happen: a queue would tell them too late.
        executionOptions.SetValue<bool?>(TestOptionsNames.Execution.SynchronousMessageReporting, true);
        if (RepeatedRun.FromEnvironment() is { } repeated)
        {
            IXunitTestCase[] selected = [.. testCases.Where(test => repeated.Selects(test.TestClassName, test.TestMethodName))];
            CountingSink counts = new(executionMessageSink);
            await base.RunTestCases(selected, counts, executionOptions, cancellationToken);
            while (repeated.AfterRun(counts.Ran, counts.Failed))
            {
                counts = new CountingSink(null);
                await base.RunTestCases(selected, counts, executionOptions, cancellationToken);
            }

            return;
        }

        using LeakGuard guard = RunGuard.Start(tellsClassEnd: true, TestAssembly.Assembly.GetCustomAttribute<LeakGuardAttribute>()?.Confirm ?? true);
        await base.RunTestCases(testCases, new GuardingSink(guard, executionMessageSink), executionOptions, cancellationToken);
        GuardTable.Print(guard.EndRun());
    }
}
