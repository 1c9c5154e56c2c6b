namespace Shop;

internal interface IOrderBook
{
    IReadOnlyList<Order> Latest(int count);

    Order? Find(int id);

    Order Place(NewOrder order);
}
