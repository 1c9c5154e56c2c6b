namespace Limpet.KnownLeaks;

/// <summary>Declares a trait that tests of this assembly may have, beside those of <see cref="TestTraits"/>.</summary>
/// <param name="name">Its name.</param>
/// <param name="values">The values that it may have; none for any.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DeclaredTraitAttribute(string name, params string[] values) : Attribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The values that it may have; empty for any.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}
