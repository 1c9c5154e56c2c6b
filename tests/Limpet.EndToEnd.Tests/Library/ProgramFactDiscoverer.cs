using Xunit.Sdk;
using Xunit.v3;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>Finds methods with <see cref="ProgramFactAttribute"/> where they are asked for.</summary>
public sealed class ProgramFactDiscoverer : IXunitTestCaseDiscoverer
{
    private readonly FactDiscoverer facts = new();

    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        factAttribute is ProgramFactAttribute { Variable: var variable } && Environment.GetEnvironmentVariable(variable) is not null
            ? facts.Discover(discoveryOptions, testMethod, factAttribute)
            : new([]);
}
