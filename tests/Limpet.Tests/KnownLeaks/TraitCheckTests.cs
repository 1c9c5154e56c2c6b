using Limpet.KnownLeaks;
using Limpet.Results;

[assembly: DeclaredTrait("speed", "slow", "fast")]
[assembly: DeclaredTrait("ticket")]

namespace Limpet.Tests.KnownLeaks;

/// <summary>Which traits are declared: those of Limpet, and those of the assembly (here: two).</summary>
public sealed class TraitCheckTests
{
    [Theory]
    [InlineData("Category", "unit")]
    [InlineData("Category", "integration")]
    [InlineData("Category", "stress")]
    [InlineData("leak", "1")]
    [InlineData("memory_leak", "true")]
    [InlineData("known_leak", "MEMLEAK-FIX-1")]
    [InlineData("speed", "slow")]
    [InlineData("ticket", "D-17")]
    public void Trait_ThatIsDeclared_IsNotFound(string name, string value) => Assert.Empty(Find(new TraitUse("Desk.Tests", name, value)));

    [Theory]
    [InlineData("Category", "untit")]
    [InlineData("category", "unit")]
    [InlineData("leak", "one")]
    [InlineData("leak", "0")]
    [InlineData("memory_leak", "yes")]
    [InlineData("speed", "slowest")]
    [InlineData("leak1", "")]
    public void Trait_ThatIsSpeltWrong_IsFound(string name, string value) => Assert.Single(Find(new TraitUse("Desk.Tests", name, value)));

    [Fact]
    public void Verify_WithUndeclared_NamesThem()
    {
        LimpetException trouble = Assert.Throws<LimpetException>(() => TraitCheck.Verify([new("Desk.Tests", "Category", "untit"), new("Desk.Tests.Sends", "leak", "1")], typeof(TraitCheckTests).Assembly));
        Assert.Equal(
            """
            1 traits are not declared:
              Category=untit on Desk.Tests
            Spell them as those of Limpet, or declare them: [assembly: DeclaredTrait("name", "value")].
            """,
            trouble.Message);
    }

    private static IReadOnlyList<TraitUse> Find(TraitUse use) => TraitCheck.FindUndeclared([use], typeof(TraitCheckTests).Assembly);
}
