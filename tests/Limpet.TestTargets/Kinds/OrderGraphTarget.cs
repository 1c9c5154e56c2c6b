using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation books an order with a customer, an address and three lines. Leaky: it stays in an archive. Fixed: 0.</summary>
internal sealed class OrderGraphTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly Archive s_archive = new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Order order = new(number);
        if (Leaky)
        {
            s_archive.Orders.Add(order);
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;

    internal sealed class Archive
    {
        public List<Order> Orders { get; } = [];
    }

    internal sealed class Order(int number)
    {
        private readonly Subject _invoice = new(number);

        public Customer Customer { get; } = new(number);

        public List<Line> Lines { get; } = [new(), new(), new()];

        public int Weight => _invoice.Weight;
    }

    internal sealed class Customer(int number)
    {
        public string Name { get; } = $"customer {number}";

        public Address Address { get; } = new($"street {number}");
    }

    internal sealed record Address(string Street);

    internal sealed class Line
    {
        public decimal Price { get; set; }
    }
}
