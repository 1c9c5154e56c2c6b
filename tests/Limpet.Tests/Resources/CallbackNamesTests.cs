using System.Reflection;
using Limpet.Resources;

namespace Limpet.Tests.Resources;

public sealed class CallbackNamesTests
{
    private int ticks;

    [Fact]
    public void OfTimer_AMethod_IsTypeAndMethod() => Assert.Equal("Limpet.Tests.Resources.CallbackNamesTests.Tick", Name(Tick));

    [Fact]
    public void OfTimer_ALambda_GoesByItsMethod()
    {
        int local = 0;

        Assert.Equal("lambda in Limpet.Tests.Resources.CallbackNamesTests.OfTimer_ALambda_GoesByItsMethod", Name(_ => local++));
        Assert.Equal("lambda in Limpet.Tests.Resources.CallbackNamesTests.OfTimer_ALambda_GoesByItsMethod", Name(_ => ticks++));
        Assert.Equal("lambda in Limpet.Tests.Resources.CallbackNamesTests.OfTimer_ALambda_GoesByItsMethod", Name(static _ => { }));
    }

    [Fact]
    public void OfTimer_ALocalFunction_HasItsName()
    {
        Assert.Equal("Poll in Limpet.Tests.Resources.CallbackNamesTests.OfTimer_ALocalFunction_HasItsName", Name(Poll));

        void Poll(object? state) => ticks++;
    }

    [Fact]
    public void OfTimer_TopLevelStatements_AreCalledSo() =>
        Assert.Equal("lambda in top-level statements", CallbackNames.OfMethod(typeof(Fake).GetMethods().Single(method => method.Name == "Run"), "<<Main>$>b__0_1"));

    private static string Name(TimerCallback callback) => CallbackNames.OfTimer(callback, null);

    private void Tick(object? state) => ticks++;

    public static class Fake
    {
        public static void Run()
        {
        }
    }
}
