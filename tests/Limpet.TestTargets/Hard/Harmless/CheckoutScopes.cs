using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A checkout per operation, each in a scope of its own, with scoped and transient services that are disposable. The scope holds
/// them until it is disposed, also where it is asynchronous.
/// </summary>
internal sealed class CheckoutScopes : HarmlessTarget
{
    private ServiceProvider? _services;

    public override Truth Truth => Truth.Harmless(
        "Every scope is disposed, and nothing disposable is resolved from the root.", "Microsoft.Extensions.DependencyInjection", "Clean");

    protected override double Cap => 0;

    public override string Build()
    {
        _services = new ServiceCollection()
            .AddSingleton<CheckoutCounters>()
            .AddScoped<BasketSession>()
            .AddTransient<PriceCalculation>()
            .AddTransient<CheckoutReceipt>()
            .AddKeyedScoped<BasketSession>("gift", static (provider, _) => new BasketSession(provider.GetRequiredService<CheckoutCounters>()))
            .BuildServiceProvider(validateScopes: true);
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => CheckOutAsync(number).AsTask().GetAwaiter().GetResult();

    private async ValueTask CheckOutAsync(int number)
    {
        await using AsyncServiceScope scope = _services!.CreateAsyncScope();
        for (int position = 0; position < 5; position++)
        {
            using IServiceScope line = scope.ServiceProvider.CreateScope();
            Subjects.Add(line.ServiceProvider.GetRequiredService<PriceCalculation>().Add(number, position));
        }

        Subjects.Add(scope.ServiceProvider.GetRequiredKeyedService<BasketSession>("gift"));
        CheckoutReceipt receipt = scope.ServiceProvider.GetRequiredService<CheckoutReceipt>();
        receipt.Print(number);
        Subjects.Add(receipt);
    }
}

internal sealed class CheckoutCounters
{
    public int Open { get; set; }
}

internal sealed class BasketSession : IDisposable
{
    private readonly CheckoutCounters _counters;

    public BasketSession(CheckoutCounters counters)
    {
        _counters = counters;
        counters.Open++;
    }

    public decimal Sum { get; set; }

    public void Dispose() => _counters.Open--;
}

internal sealed class PriceCalculation(BasketSession basket) : IDisposable
{
    private readonly decimal[] _steps = new decimal[16];

    public PriceCalculation Add(int number, int position)
    {
        _steps[position] = number % 50;
        basket.Sum += _steps[position];
        return this;
    }

    public void Dispose() => Array.Clear(_steps);
}

internal sealed class CheckoutReceipt(BasketSession basket) : IAsyncDisposable
{
    private readonly StringWriter _text = new(CultureInfo.InvariantCulture);

    public void Print(int number) => _text.WriteLine($"receipt {number}: {basket.Sum}");

    public ValueTask DisposeAsync() => _text.DisposeAsync();
}
