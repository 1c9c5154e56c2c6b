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
    public static IEnumerable<TraitUse> Of(Assembly assembly) => TraitCheck.UsesIn(assembly, Read);

    /// <summary>Throws when one of them is not declared: put this in a test.</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    /// <exception cref="LimpetException">There are traits that are not declared.</exception>
    public static void VerifyDeclared(Assembly assembly) => TraitCheck.Verify(Of(assembly), assembly);

    private static IEnumerable<(string Name, string Value)> Read(object attribute) => attribute switch
    {
        CategoryAttribute category => [(TestTraits.Category, category.Name)],
        PropertyAttribute property when property.GetType() == typeof(PropertyAttribute) || property is LeakAttribute or MemoryLeakAttribute =>
            property.Properties.Keys.SelectMany(key => property.Properties[key].Cast<object>().Select(value => (key, $"{value}"))),
        KnownLeakAttribute known => [(TestTraits.KnownLeak, known.Id)],
        _ => [],
    };
}
