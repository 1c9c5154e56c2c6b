using System.Reflection;
using Limpet.KnownLeaks;
using Limpet.Results;
using NUnit.Framework;

namespace Limpet.NUnit;

/// <summary>The categories and properties that the tests of an assembly have.</summary>
public static class UsedTraits
{
    /// <summary>Lists them: those of the assembly, of classes and of methods. A property of NUnit's own, such as a description, is none.</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    public static IEnumerable<TraitUse> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Of(assembly, assembly.GetName().Name!).Concat(assembly.GetTypes().SelectMany(type => Of(type, type.FullName!)
            .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .SelectMany(method => Of(method, $"{type.FullName}.{method.Name}")))));
    }

    /// <summary>Throws when one of them is not declared: put this in a test.</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    /// <exception cref="LimpetException">There are traits that are not declared.</exception>
    public static void VerifyDeclared(Assembly assembly) => TraitCheck.Verify(Of(assembly), assembly);

    private static IEnumerable<TraitUse> Of(ICustomAttributeProvider provider, string name) => provider.GetCustomAttributes(inherit: false).SelectMany(attribute => attribute switch
    {
        CategoryAttribute category => [new TraitUse(name, TestTraits.Category, category.Name)],
        PropertyAttribute property when property.GetType() == typeof(PropertyAttribute) || property is LeakAttribute or MemoryLeakAttribute =>
            property.Properties.Keys.SelectMany(key => property.Properties[key].Cast<object>().Select(value => new TraitUse(name, key, $"{value}"))),
        KnownLeakAttribute known => [new TraitUse(name, TestTraits.KnownLeak, known.Id)],
        _ => Enumerable.Empty<TraitUse>(),
    });
}
