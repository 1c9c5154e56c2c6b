using System.Reflection;
using Limpet.Results;

namespace Limpet.KnownLeaks;

/// <summary>
/// Sees to it that every trait that a test has is declared: one that is spelt wrong selects no test, and nobody is told. A trait is declared when it is one of
/// <see cref="TestTraits"/>, or when the assembly has <c>[assembly: DeclaredTrait("name")]</c> for it.
/// </summary>
public static class TraitCheck
{
    private static readonly string[] Categories = [TestTraits.Unit, TestTraits.Integration, TestTraits.Stress];

    /// <summary>The traits of an assembly: its own, those of its classes and those of their methods.</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    /// <param name="read">What an attribute says: names with values; nothing where it is no trait.</param>
    public static IEnumerable<TraitUse> UsesIn(Assembly assembly, Func<object, IEnumerable<(string Name, string Value)>> read)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(read);
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return On(assembly, assembly.GetName().Name!).Concat(assembly.GetTypes().SelectMany(type =>
            On(type, type.FullName!).Concat(type.GetMethods(Declared).SelectMany(method => On(method, $"{type.FullName}.{method.Name}")))));

        IEnumerable<TraitUse> On(ICustomAttributeProvider provider, string name) =>
            provider.GetCustomAttributes(inherit: false).SelectMany(read).Select(trait => new TraitUse(name, trait.Name, trait.Value));
    }

    /// <summary>The traits that are not declared.</summary>
    /// <param name="used">Those that are used; an adapter collects them.</param>
    /// <param name="assembly">The assembly with the declarations.</param>
    public static IReadOnlyList<TraitUse> FindUndeclared(IEnumerable<TraitUse> used, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(used);
        ArgumentNullException.ThrowIfNull(assembly);
        DeclaredTraitAttribute[] declared = [.. assembly.GetCustomAttributes<DeclaredTraitAttribute>()];
        return [.. used.Where(use => !IsOwn(use) && !declared.Any(known => known.Name == use.Name && (known.Values.Count == 0 || known.Values.Contains(use.Value))))];
    }

    /// <summary>As <see cref="FindUndeclared"/>, and throws when there are any.</summary>
    /// <param name="used">Those that are used; an adapter collects them.</param>
    /// <param name="assembly">The assembly with the declarations.</param>
    /// <exception cref="LimpetException">There are traits that are not declared.</exception>
    public static void Verify(IEnumerable<TraitUse> used, Assembly assembly)
    {
        IReadOnlyList<TraitUse> undeclared = FindUndeclared(used, assembly);
        if (undeclared.Count > 0)
        {
            throw new LimpetException(
                $"{undeclared.Count} traits are not declared:\n{string.Concat(undeclared.Select(use => $"  {use.Name}={use.Value} on {use.On}\n"))}"
                + "Spell them as those of Limpet, or declare them: [assembly: DeclaredTrait(\"name\", \"value\")].");
        }
    }

    private static bool IsOwn(TraitUse use) => use.Name switch
    {
        TestTraits.Category => Categories.Contains(use.Value),
        TestTraits.Leak => int.TryParse(use.Value, out int number) && number > 0,
        TestTraits.MemoryLeak => use.Value == "true",
        TestTraits.KnownLeak => use.Value.Length > 0,
        _ => false,
    };
}
