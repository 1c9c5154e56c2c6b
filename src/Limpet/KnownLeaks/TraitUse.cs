namespace Limpet.KnownLeaks;

/// <summary>A trait on a test or class.</summary>
/// <param name="On">The test or class.</param>
/// <param name="Name">Its name, such as <c>Category</c>.</param>
/// <param name="Value">Its value, such as <c>unit</c>.</param>
public readonly record struct TraitUse(string On, string Name, string Value);
