using System.Globalization;
using Limpet.KnownLeaks;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>Tests of one leak by its number: the traits <c>leak=1</c> and <c>memory_leak=true</c>.</summary>
/// <param name="number">The number; at least 1.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class LeakAttribute(int number) : Attribute, ITraitAttribute
{
    /// <summary>The number.</summary>
    public int Number { get; } = number;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [new(TestTraits.Leak, Number.ToString(CultureInfo.InvariantCulture)), new(TestTraits.MemoryLeak, "true")];
}
