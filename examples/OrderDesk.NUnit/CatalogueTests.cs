namespace OrderDesk.Tests;

/// <summary>Keeps two megabytes, once. The guard must not call that a leak.</summary>
[TestFixture]
public sealed class CatalogueTests
{
    [Test]
    [Stress]
    public void Catalogue_Asked_HasPages() => Assert.That(Catalogue.Count, Is.EqualTo(2 << 20));
}
