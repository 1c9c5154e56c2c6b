using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A singleton till takes a printer from the provider for each receipt. The printer is transient and disposable, and the till has the
/// root provider: the container keeps what it must dispose at its own end: 1 ReceiptPrinter with its buffer per operation.
/// </summary>
/// <remarks><code>
/// ServiceProvider ─Root→ ServiceProviderEngineScope ─_disposables→ List&lt;object&gt; ─→ ReceiptPrinter ─→ char[]
/// </code></remarks>
internal sealed class ReceiptPrinting : HardLeak
{
    private ReceiptTill? _till;

    public override Truth Truth => Truth.Leak(
        "ReceiptTill resolves the transient, disposable ReceiptPrinter from the root service provider, which keeps it until it is disposed itself.",
        "framework",
        FindingTruth.Entries(typeof(ReceiptPrinter).FullName!, 1, "root provider", "_disposables"));

    public override string Build()
    {
        ServiceCollection services = new();
        services.AddTransient<ReceiptPrinter>().AddSingleton<ReceiptTill>();
        _till = services.BuildServiceProvider().GetRequiredService<ReceiptTill>();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _till!.Sell(number, price: 3 + (number % 20));
}

internal sealed class ReceiptPrinter : IDisposable
{
    private readonly char[] _line = new char[42];

    public ReceiptPrinter() => Subjects.Add(this);

    public void Print(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, _line.Length)].CopyTo(_line);

    public void Dispose() => Array.Clear(_line);
}

internal sealed class ReceiptTill(IServiceProvider services)
{
    private decimal _takings;

    public void Sell(int article, decimal price)
    {
        _takings += price;
        services.GetRequiredService<ReceiptPrinter>().Print($"{article,8} {price,10:0.00}");
    }
}
