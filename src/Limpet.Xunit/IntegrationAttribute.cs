using Limpet.KnownLeaks;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>Tests of parts together: the trait <c>Category=integration</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class IntegrationAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(TestTraits.Category, TestTraits.Integration)];
}
