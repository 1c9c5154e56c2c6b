[assembly: LeakGuard]

namespace OrderDesk.Tests;

/// <summary>All but one of these pass. The guard says which of them leave something behind.</summary>
[TestFixture]
public sealed class DeskTests
{
    [Test]
    [Unit]
    [Leak(1)]
    public void StockPanel_Closed_IsCollected() => LeakCheck.VerifyCollected(() =>
    {
        StockPanel panel = new();
        panel.Dispose();
        return panel;
    });

    [Test]
    [Unit]
    public void OrderForm_Closed_IsCollected() => LeakCheck.VerifyCollected(() =>
    {
        OrderForm form = new();
        form.Dispose();
        return form;
    });

    [Test]
    [Integration]
    [Leak(2)]
    public void Courier_Started_Waits() => new Courier().Start();

    [Test]
    [Integration]
    [Leak(3)]
    public void Journal_Written_HasTheLine() => Journal.Write("an order came in\n");
}
