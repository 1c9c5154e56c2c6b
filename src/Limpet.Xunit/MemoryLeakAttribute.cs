using Limpet.KnownLeaks;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>Tests that are about a leak: the trait <c>memory_leak=true</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MemoryLeakAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(TestTraits.MemoryLeak, "true")];
}
