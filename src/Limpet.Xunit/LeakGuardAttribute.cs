using System.Reflection;
using Limpet.Guards;
using Xunit;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>
/// Watches which test leaves what behind: on an assembly all its tests, on a class those of the class. It fails no test: it tells in the end, on the console and
/// in the file that <c>LIMPET_GUARD_SUMMARY</c> names.
/// </summary>
/// <remarks>
/// On an assembly it takes the place of the test framework's attribute, so it cannot stand beside <c>[assembly: TestFramework]</c>. On a class it knows no more than the
/// moments before and after the method: what a constructor makes and <c>Dispose</c> ends is still there at both.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class)]
public sealed class LeakGuardAttribute : Attribute, ITestFrameworkAttribute, IBeforeAfterTestAttribute
{
    /// <summary>Whether suspects are run again in a process of their own when the run has ended; as <see cref="LeakGuardOptions.Confirm"/>. Default true.</summary>
    public bool Confirm { get; set; } = true;

    /// <inheritdoc/>
    public Type FrameworkType => typeof(GuardedTestFramework);

    /// <inheritdoc/>
    public void Before(MethodInfo methodUnderTest, IXunitTest test) => RunGuard.OfClasses?.BeginTest(TestOf(test));

    /// <inheritdoc/>
    public void After(MethodInfo methodUnderTest, IXunitTest test) => RunGuard.OfClasses?.EndTest(TestOf(test), TestContext.Current.TestState?.Result == TestResult.Failed);

    private static GuardedTest TestOf(IXunitTest test) => new(test.TestCase.TestClassName, test.TestCase.TestMethodName);
}
