namespace Shop;

/// <summary>Tells everybody in the shop when a price moves.</summary>
internal static class PriceBus
{
    public static event EventHandler<PriceChanged>? Changed;

    public static void Publish(object sender, PriceChanged change) => Changed?.Invoke(sender, change);
}
