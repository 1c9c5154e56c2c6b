using Xunit.Sdk;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>Makes a test case of a method with <see cref="KnownLeakAttribute"/>.</summary>
public sealed class KnownLeakDiscoverer : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute);
        return new([
            new KnownLeakTestCase(
                details.ResolvedTestMethod,
                details.TestCaseDisplayName,
                details.UniqueID,
                details.Explicit,
                details.SkipReason,
                testMethod.Traits.ToDictionary(trait => trait.Key, trait => trait.Value.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal),
                details.SourceFilePath,
                details.SourceLineNumber,
                details.Timeout),
        ]);
    }
}
