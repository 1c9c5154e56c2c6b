using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// An order desk that accepts an order per operation in a scope of its own. The trail of a scope subscribes the ledger, which is a
/// singleton, and nobody takes the handler off again: 1 OrderTrail per operation.
/// </summary>
/// <remarks><code>
/// root provider ─→ OrderLedger ─Accepted→ EventHandler ─_invocationList→ object[] ─→ EventHandler ─_target→ OrderTrail
///     ─→ List&lt;string&gt;
/// </code></remarks>
internal sealed class OrderAudit : HardLeak
{
    private OrderDesk? _desk;

    public override Truth Truth => Truth.Leak(
        "A scoped OrderTrail subscribes OrderLedger.Accepted of the singleton ledger and never unsubscribes.",
        "own",
        FindingTruth.Objects(typeof(OrderTrail).FullName!, 1, "OrderLedger", "Accepted", "OrderTrail.Record"));

    public override string Build()
    {
        ServiceCollection services = new();
        services.AddSingleton<OrderLedger>().AddScoped<OrderTrail>().AddScoped<OrderAcceptance>().AddSingleton<OrderDesk>();
        _desk = services.BuildServiceProvider(validateScopes: true).GetRequiredService<OrderDesk>();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk!.Take(number, quantity: 1 + (number % 7)));
}

internal sealed record OrderAccepted(int Order, int Quantity);

internal sealed class OrderLedger
{
    private long _units;

    public event EventHandler<OrderAccepted>? Accepted;

    public long Units => _units;

    public void Book(int order, int quantity)
    {
        _units += quantity;
        Accepted?.Invoke(this, new OrderAccepted(order, quantity));
    }
}

/// <summary>What happened within one request, for its log line.</summary>
internal sealed class OrderTrail
{
    private const int Longest = 8;

    private readonly List<string> _lines = [];

    public OrderTrail(OrderLedger ledger) => ledger.Accepted += Record;

    public int Lines => _lines.Count;

    private void Record(object? sender, OrderAccepted accepted)
    {
        if (_lines.Count < Longest)
        {
            _lines.Add($"order {accepted.Order}: {accepted.Quantity} units");
        }
    }
}

internal sealed class OrderAcceptance(OrderLedger ledger, OrderTrail trail)
{
    public OrderTrail Accept(int order, int quantity)
    {
        ledger.Book(order, quantity);
        return trail;
    }
}

internal sealed class OrderDesk(IServiceScopeFactory scopes)
{
    public OrderTrail Take(int order, int quantity)
    {
        using IServiceScope scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<OrderAcceptance>().Accept(order, quantity);
    }
}
