using Limpet.KnownLeaks;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>Tests that take long, or much memory: the trait <c>Category=stress</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StressAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(TestTraits.Category, TestTraits.Stress)];
}
