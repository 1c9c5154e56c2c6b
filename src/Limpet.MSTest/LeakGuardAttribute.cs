using System.Runtime.CompilerServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>
/// A class of tests that is watched: which test leaves what behind. Stands in the place of <c>[TestClass]</c>, for MSTest has no place where an assembly could be watched.
/// It fails no test: it tells in the end, on the console and in the file that <c>LIMPET_GUARD_SUMMARY</c> names.
/// </summary>
/// <remarks>
/// A test is watched from before its object is constructed to after it was disposed. What appears between the tests of two classes is told of the first.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LeakGuardAttribute : TestClassAttribute
{
    /// <inheritdoc/>
    public override TestMethodAttribute? GetTestMethodAttribute(TestMethodAttribute testMethodAttribute)
    {
        TestMethodAttribute? inner = base.GetTestMethodAttribute(testMethodAttribute);
        return inner is null ? null : new Guarded(inner);
    }

    private sealed class Guarded(TestMethodAttribute inner, [CallerFilePath] string file = "", [CallerLineNumber] int line = -1) : TestMethodAttribute(file, line)
    {
        public override Task<TestResult[]> ExecuteAsync(ITestMethod testMethod) => RunGuard.RunAsync(testMethod, () => inner.ExecuteAsync(testMethod));
    }
}
