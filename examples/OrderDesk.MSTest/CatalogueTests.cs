namespace OrderDesk.Tests;

/// <summary>Keeps two megabytes, once. The guard must not call that a leak.</summary>
[LeakGuard]
public sealed class CatalogueTests
{
    [TestMethod]
    [Stress]
    public void Catalogue_Asked_HasPages() => Assert.AreEqual(2 << 20, Catalogue.Count);
}
