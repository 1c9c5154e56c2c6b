using Limpet.KnownLeaks;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>Fast tests of one part: the trait <c>Category=unit</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UnitAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(TestTraits.Category, TestTraits.Unit)];
}
