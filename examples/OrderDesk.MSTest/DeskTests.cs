[assembly: AssemblyFixtureProvider(typeof(LeakGuardRun))]

namespace OrderDesk.Tests;

/// <summary>All but one of these pass. The guard says which of them leave something behind.</summary>
[LeakGuard]
public sealed class DeskTests
{
    [TestMethod]
    [Unit]
    [Leak(1)]
    public void StockPanel_Closed_IsCollected() => LeakCheck.VerifyCollected(() =>
    {
        StockPanel panel = new();
        panel.Dispose();
        return panel;
    });

    [TestMethod]
    [Unit]
    public void OrderForm_Closed_IsCollected() => LeakCheck.VerifyCollected(() =>
    {
        OrderForm form = new();
        form.Dispose();
        return form;
    });

    [TestMethod]
    [Integration]
    [Leak(2)]
    public void Courier_Started_Waits() => new Courier().Start();

    [TestMethod]
    [Integration]
    [Leak(3)]
    public void Journal_Written_HasTheLine() => Journal.Write("an order came in\n");
}
