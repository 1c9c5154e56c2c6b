using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop;

internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder products = routes.MapGroup("/products");
        products.MapGet("/", (IProductCatalog catalog) => TypedResults.Ok(catalog.All));
        products.MapGet("/{sku}", Show);
    }

    private static Results<Ok<ProductReply>, NotFound> Show(string sku, IProductCatalog catalog, IPriceList prices) =>
        catalog.Find(sku) is { } product
            ? TypedResults.Ok(new ProductReply(product.Sku, product.Name, prices.PriceOf(product)))
            : TypedResults.NotFound();
}
