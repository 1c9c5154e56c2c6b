namespace OrderDesk.Tests;

/// <summary>Keeps two megabytes, once. The guard must not call that a leak.</summary>
public sealed class CatalogueTests
{
    [Fact]
    [Stress]
    public void Catalogue_Asked_HasPages() => Assert.Equal(2 << 20, Catalogue.Count);
}
