namespace Shop;

internal static class PriceEndpoints
{
    public static void MapPrices(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/prices", (IPriceFeed feed, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(feed.ListenAsync(cancellationToken), eventType: "price"));
}
