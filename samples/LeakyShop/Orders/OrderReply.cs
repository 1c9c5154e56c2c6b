namespace Shop;

/// <summary>An order as a customer sees it: one line of text for each product, and the total of this moment.</summary>
internal sealed record OrderReply(int Id, string Customer, DateTimeOffset PlacedAt, IReadOnlyList<string> Lines, decimal Total);
