using Limpet.KnownLeaks;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Limpet.NUnit;

/// <summary>
/// Watches which test leaves what behind: on an assembly all its tests, on a class those of the class. It fails no test: it tells in the end, on the console and
/// in the file that <c>LIMPET_GUARD_SUMMARY</c> names.
/// </summary>
/// <remarks>
/// A test is watched from before its set-up to after its clean-up. NUnit does not say when a class has begun or ended: what appears between the tests of two classes
/// is told of the first.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class)]
public sealed class LeakGuardAttribute : Attribute, ITestAction
{
    private bool _guards;

    /// <inheritdoc/>
    public ActionTargets Targets => ActionTargets.Suite | ActionTargets.Test;

    /// <inheritdoc/>
    public void BeforeTest(ITest test)
    {
        if (test is { IsSuite: true })
        {
            _guards = RunGuard.Begin(test);
        }
        else if (_guards && test is not null)
        {
            RunGuard.Current?.BeginTest(RunGuard.TestOf(test));
        }
    }

    /// <inheritdoc/>
    public void AfterTest(ITest test)
    {
        if (_guards && test is { IsSuite: false })
        {
            bool excused = TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed || test.Properties.ContainsKey(TestTraits.KnownLeak);
            RunGuard.Current?.EndTest(RunGuard.TestOf(test), excused);
        }
        else if (_guards && test is not null)
        {
            RunGuard.End(test);
        }
    }
}
