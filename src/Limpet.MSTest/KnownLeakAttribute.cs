using System.Globalization;
using System.Runtime.CompilerServices;
using Limpet.Checks;
using Limpet.KnownLeaks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>
/// A test that leaks, and is known to: it passes only while the leak is there for the declared reason. Stands in the place of <c>[TestMethod]</c>. A test that is clean
/// fails with "fixed: remove the mark".
/// </summary>
/// <param name="id">The mark, such as <c>MEMLEAK-FIX-1</c>.</param>
/// <param name="callerFilePath">Given by the compiler.</param>
/// <param name="callerLineNumber">Given by the compiler.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KnownLeakAttribute(string id, [CallerFilePath] string callerFilePath = "", [CallerLineNumber] int callerLineNumber = -1)
    : TestMethodAttribute(callerFilePath, callerLineNumber)
{
    /// <summary>The mark.</summary>
    public string Id { get; } = id;

    /// <summary>The type that leaks; null for any.</summary>
    public Type? Type { get; set; }

    /// <summary>Words that its retention trace must have, such as <c>PriceBus.Changed</c>; null for any.</summary>
    public string? Holder { get; set; }

    /// <summary>The last day on which the leak is accepted, as <c>2026-12-31</c>; null for no end.</summary>
    public string? Until { get; set; }

    /// <inheritdoc/>
    public override async Task<TestResult[]> ExecuteAsync(ITestMethod testMethod)
    {
        KnownLeak leak = new(Id)
        {
            Type = Type,
            Holder = Holder,
            Until = Until is null ? null : DateOnly.ParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        TestResult[] results = await base.ExecuteAsync(testMethod);
        return [.. results.Select(result => result.Outcome is UnitTestOutcome.Passed or UnitTestOutcome.Failed ? Judge(leak, result) : result)];
    }

    /// <summary>A result of its own: one that has an exception keeps it, and tells another one behind it.</summary>
    private static TestResult Judge(KnownLeak leak, TestResult result)
    {
        Exception? outcome = KnownLeakJudge.Judge(leak, Unwrap(result.TestFailureException), DateOnly.FromDateTime(DateTime.Today)).ToThrow();
        return new TestResult
        {
            DisplayName = result.DisplayName,
            Outcome = outcome is null ? UnitTestOutcome.Passed : UnitTestOutcome.Failed,
            TestFailureException = outcome,
            LogOutput = result.LogOutput,
            LogError = result.LogError,
            DebugTrace = result.DebugTrace,
            TestContextMessages = result.TestContextMessages,
            Duration = result.Duration,
            ResultFiles = result.ResultFiles,
        };
    }

    /// <summary>MSTest puts an exception of its own around that of the test.</summary>
    private static Exception? Unwrap(Exception? failure) => failure is { InnerException: { } inner } && failure.GetType().Assembly != typeof(LeakException).Assembly ? inner : failure;
}
