namespace Shop;

internal interface IPriceList
{
    decimal PriceOf(Product product);
}
