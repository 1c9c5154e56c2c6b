namespace Shop;

/// <summary>The body of <c>POST /orders</c>.</summary>
internal sealed record NewOrder(string Customer, IReadOnlyList<OrderLine> Lines);
