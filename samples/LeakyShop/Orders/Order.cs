namespace Shop;

/// <summary>What a customer asked for. Prices are not part of it: they are those of the day of delivery.</summary>
internal sealed record Order(int Id, string Customer, DateTimeOffset PlacedAt, IReadOnlyList<OrderLine> Lines);
