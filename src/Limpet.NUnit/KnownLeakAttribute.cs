using System.Globalization;
using Limpet.KnownLeaks;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace Limpet.NUnit;

/// <summary>
/// A test that leaks, and is known to: it passes only while the leak is there for the declared reason. Stands beside <c>[Test]</c>. A test that is clean fails with
/// "fixed: remove the mark".
/// </summary>
/// <param name="id">The mark, such as <c>MEMLEAK-FIX-1</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KnownLeakAttribute(string id) : NUnitAttribute, IWrapTestMethod, IApplyToTest
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
    public void ApplyToTest(Test test)
    {
        ArgumentNullException.ThrowIfNull(test);
        test.Properties.Add(TestTraits.KnownLeak, Id);
        test.Properties.Add(TestTraits.MemoryLeak, "true");
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command) => new Command(command, new KnownLeak(Id)
    {
        Type = Type,
        Holder = Holder,
        Until = Until is null ? null : DateOnly.ParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    });

    private sealed class Command(TestCommand inner, KnownLeak leak) : DelegatingTestCommand(inner)
    {
        public override TestResult Execute(TestExecutionContext context)
        {
            Exception? thrown = null;
            try
            {
                innerCommand.Execute(context);
            }
            catch (Exception exception)
            {
                thrown = exception is NUnitException { InnerException: { } inner } ? inner : exception;
            }

            Exception? outcome = KnownLeakJudge.Judge(leak, thrown, DateOnly.FromDateTime(DateTime.Today)).ToThrow();
            if (outcome is null)
            {
                context.CurrentResult.SetResult(ResultState.Success);
            }
            else
            {
                context.CurrentResult.RecordException(outcome);
            }

            return context.CurrentResult;
        }
    }
}
