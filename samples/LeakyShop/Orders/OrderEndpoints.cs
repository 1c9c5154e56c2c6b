using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes, ShopOptions options)
    {
        RouteGroupBuilder orders = routes.MapGroup("/orders");
        orders.MapGet("/", (IOrderBook book) => TypedResults.Ok(book.Latest(20)));
        orders.MapPost("/", Place);
        orders.MapGet("/{id:int}/live", Follow);
        if (options.Fixed)
        {
            orders.MapGet("/{id:int}", ShowAndClose);
        }
        else
        {
            orders.MapGet("/{id:int}", Show);
        }
    }

    private static Results<Created<Order>, ValidationProblem> Place(NewOrder order, IOrderBook book, IProductCatalog catalog)
    {
        string[] unknown = [.. order.Lines.Select(line => line.Sku).Where(sku => catalog.Find(sku) is null)];
        if (unknown.Length > 0)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["lines"] = unknown });
        }

        Order placed = book.Place(order);
        return TypedResults.Created($"/orders/{placed.Id}", placed);
    }

    private static Results<Ok<OrderReply>, NotFound> Show(int id, IOrderBook book, IProductCatalog catalog, IPriceList prices)
    {
        if (book.Find(id) is not { } order)
        {
            return TypedResults.NotFound();
        }

        OrderView view = new(order, catalog, prices);
        return TypedResults.Ok(view.ToReply());
    }

    private static Results<Ok<OrderReply>, NotFound> ShowAndClose(int id, IOrderBook book, IProductCatalog catalog, IPriceList prices)
    {
        if (book.Find(id) is not { } order)
        {
            return TypedResults.NotFound();
        }

        using OrderView view = new(order, catalog, prices);
        return TypedResults.Ok(view.ToReply());
    }

    private static Results<ServerSentEventsResult<OrderReply>, NotFound> Follow(
        int id, IOrderBook book, IProductCatalog catalog, IPriceList prices, IPriceFeed feed, CancellationToken cancellationToken)
    {
        if (book.Find(id) is not { } order)
        {
            return TypedResults.NotFound();
        }

        return TypedResults.ServerSentEvents(FollowAsync(order, catalog, prices, feed, cancellationToken), eventType: "order");
    }

    private static async IAsyncEnumerable<OrderReply> FollowAsync(
        Order order, IProductCatalog catalog, IPriceList prices, IPriceFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using OrderView view = new(order, catalog, prices);
        yield return view.ToReply();
        await foreach (PriceChanged _ in feed.ListenAsync(cancellationToken))
        {
            yield return view.ToReply();
        }
    }
}
