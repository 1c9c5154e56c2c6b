using System.Reflection;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>The kinds of message that partners exchange: 8 bodies over 6 ways, each a type of its own to a serializer.</summary>
internal static class PartnerMessages
{
    private static readonly Type[] s_bodies =
        [typeof(PlacedOrder), typeof(OrderChange), typeof(DeliveryNote), typeof(GoodsReturn), typeof(PriceList), typeof(StockLevel), typeof(CreditNote), typeof(Complaint)];

    private static readonly Type[] s_ways = [typeof(ByMail), typeof(ByPortal), typeof(ByPhone), typeof(ByAgent), typeof(ByPost), typeof(ByShop)];

    public static int Kinds => s_bodies.Length * s_ways.Length;

    public static object Create(int kind, int number)
    {
        object body = Activator.CreateInstance(
            s_bodies[kind / s_ways.Length], BindingFlags.CreateInstance | BindingFlags.OptionalParamBinding, null, [number, Type.Missing, Type.Missing], null)!;
        object way = Activator.CreateInstance(s_ways[kind % s_ways.Length], $"partner {number}")!;
        return Activator.CreateInstance(typeof(PartnerMessage<,>).MakeGenericType(body.GetType(), way.GetType()), number, body, way)!;
    }
}

internal sealed record PartnerMessage<TBody, TWay>(int Number, TBody Body, TWay Way);

internal sealed record PlacedOrder(int Number, decimal Sum = 10, string Currency = "EUR");

internal sealed record OrderChange(int Number, int Position = 1, string Reason = "price");

internal sealed record DeliveryNote(int Number, int Week = 7, int Parcels = 2);

internal sealed record GoodsReturn(int Number, string Reason = "broken", bool Paid = true);

internal sealed record PriceList(int Number, string Season = "winter", decimal Discount = 0.1m);

internal sealed record StockLevel(int Number, int Pieces = 30, string Site = "north");

internal sealed record CreditNote(int Number, decimal Sum = 5, int Invoice = 7);

internal sealed record Complaint(int Number, string Text = "late", int Grade = 5);

internal sealed record ByMail(string From);

internal sealed record ByPortal(string User);

internal sealed record ByPhone(string Caller);

internal sealed record ByAgent(string Agent);

internal sealed record ByPost(string Sender);

internal sealed record ByShop(string Branch);
