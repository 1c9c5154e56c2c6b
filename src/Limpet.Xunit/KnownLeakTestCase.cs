using System.Reflection;
using Limpet.KnownLeaks;
using Xunit.Sdk;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>A test that is judged by <see cref="KnownLeakJudge"/>.</summary>
public sealed class KnownLeakTestCase : XunitTestCase, ISelfExecutingXunitTestCase
{
    /// <summary>For the deserializer.</summary>
    [Obsolete("For the deserializer.")]
    public KnownLeakTestCase()
    {
    }

    internal KnownLeakTestCase(
        IXunitTestMethod method, string name, string id, bool isExplicit, string? skipReason, Dictionary<string, HashSet<string>> traits, string? file, int? line, int? timeout)
        : base(method, name, id, isExplicit, skipReason: skipReason, traits: traits, sourceFilePath: file, sourceLineNumber: line, timeout: timeout)
    {
    }

    /// <inheritdoc/>
    public async ValueTask<RunSummary> Run(
        ExplicitOption explicitOption, IMessageBus messageBus, object?[] constructorArguments, ExceptionAggregator aggregator, CancellationTokenSource cancellationTokenSource)
    {
        IReadOnlyCollection<IXunitTest> tests = await aggregator.RunAsync(CreateTests, []);
        return await new CaseRunner().Run(
            this, tests, messageBus, aggregator, cancellationTokenSource, TestCaseDisplayName, SkipReason, explicitOption, constructorArguments);
    }

    private sealed class CaseRunner : XunitTestCaseRunner
    {
        protected override ValueTask<RunSummary> RunTest(XunitTestCaseRunnerContext ctxt, IXunitTest test) => new Runner().Run(
            test, ctxt.MessageBus, ctxt.ConstructorArguments, ctxt.ExplicitOption, ctxt.Aggregator.Clone(), ctxt.CancellationTokenSource, ctxt.BeforeAfterTestAttributes);
    }

    private sealed class Runner : XunitTestRunner
    {
        protected override async ValueTask<TimeSpan> InvokeTest(XunitTestRunnerContext ctxt, object? testClassInstance)
        {
            TimeSpan time = await base.InvokeTest(ctxt, testClassInstance);
            KnownLeak leak = ctxt.Test.TestMethod.Method.GetCustomAttribute<KnownLeakAttribute>()!.ToLeak();
            Exception? outcome = KnownLeakJudge.Judge(leak, ctxt.Aggregator.ToException(), DateOnly.FromDateTime(DateTime.Today)).ToThrow();
            ctxt.Aggregator.Clear();
            if (outcome is not null)
            {
                ctxt.Aggregator.Add(outcome);
            }

            return time;
        }
    }
}
