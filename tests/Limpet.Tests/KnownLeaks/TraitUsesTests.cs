using System.ComponentModel;
using Limpet.KnownLeaks;

namespace Limpet.Tests.KnownLeaks;

/// <summary>Traits are found on classes and on their methods, whatever attribute a framework has for them.</summary>
[Description("of a class")]
public sealed class TraitUsesTests
{
    [Fact]
    [Description("of a method")]
    public void UsesIn_ClassesAndMethods_AreFound()
    {
        TraitUse[] uses = [.. TraitCheck.UsesIn(typeof(TraitUsesTests).Assembly, attribute => attribute is DescriptionAttribute note ? [("Note", note.Description)] : [])];

        Assert.Equal(
            [new TraitUse(typeof(TraitUsesTests).FullName!, "Note", "of a class"), new TraitUse($"{typeof(TraitUsesTests).FullName}.{nameof(UsesIn_ClassesAndMethods_AreFound)}", "Note", "of a method")],
            uses.Where(use => use.On.StartsWith(typeof(TraitUsesTests).FullName!, StringComparison.Ordinal)));
    }
}
