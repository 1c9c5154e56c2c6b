namespace OrderDesk.Tests;

/// <summary>A trait that is spelt wrong selects nothing, and nobody is told: this tells.</summary>
[TestFixture]
public sealed class TraitTests
{
    [Test]
    [Unit]
    public void Traits_OfAllTests_AreDeclared() => UsedTraits.VerifyDeclared(typeof(TraitTests).Assembly);
}
