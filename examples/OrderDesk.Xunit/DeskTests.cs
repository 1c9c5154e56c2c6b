[assembly: LeakGuard]

namespace OrderDesk.Tests;

/// <summary>All but one of these pass. The guard says which of them leave something behind.</summary>
public sealed class DeskTests
{
    [Fact]
    [Unit]
    [Leak(1)]
    public void StockPanel_Closed_IsCollected() => LeakCheck.VerifyCollected(() =>
    {
        StockPanel panel = new();
        panel.Dispose();
        return panel;
    });

    [Fact]
    [Unit]
    public void OrderForm_Closed_IsCollected() => LeakCheck.VerifyCollected(() =>
    {
        OrderForm form = new();
        form.Dispose();
        return form;
    });

    [Fact]
    [Integration]
    [Leak(2)]
    public void Courier_Started_Waits() => new Courier().Start();

    [Fact]
    [Integration]
    [Leak(3)]
    public void Journal_Written_HasTheLine() => Journal.Write("an order came in\n");
}
