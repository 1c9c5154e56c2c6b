using System.Reflection;
using Limpet.KnownLeaks;
using Limpet.Results;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>The categories and properties that the tests of an assembly have.</summary>
public static class UsedTraits
{
    /// <summary>Lists them: those of the assembly, of classes and of methods.</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    public static IEnumerable<TraitUse> Of(Assembly assembly) => TraitCheck.UsesIn(assembly, Read);

    /// <summary>Throws when one of them is not declared: put this in a test.</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    /// <exception cref="LimpetException">There are traits that are not declared.</exception>
    public static void VerifyDeclared(Assembly assembly) => TraitCheck.Verify(Of(assembly), assembly);

    private static IEnumerable<(string Name, string Value)> Read(object attribute) => attribute switch
    {
        TestCategoryBaseAttribute categories => categories.TestCategories.Select(category => (TestTraits.Category, category)),
        TestPropertyAttribute property => [(property.Name, property.Value)],
        KnownLeakAttribute known => [(TestTraits.KnownLeak, known.Id)],
        _ => [],
    };
}
