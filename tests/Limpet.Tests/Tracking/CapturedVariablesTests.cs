using Limpet.Tracking;

namespace Limpet.Tests.Tracking;

public sealed class CapturedVariablesTests
{
    private readonly string name = "a test";

    [Fact]
    public void Of_Lambda_NamesWhatItCaptured()
    {
        object order = new();
        int count = 3;

        CapturedVariable variable = Assert.Single(CapturedVariables.Of(() => order.GetHashCode() + count));

        Assert.Equal(new CapturedVariable("lambda in Limpet.Tests.Tracking.CapturedVariablesTests.Of_Lambda_NamesWhatItCaptured", "order", "_target.order", "System.Object", false), variable);
    }

    [Fact]
    public void Of_LambdaBesideAnother_HoldsWhatTheOtherCaptured()
    {
        byte[] large = new byte[100];
        List<string> small = [];
        Func<int> other = () => large.Length;

        Assert.Equal(["large", "small"], CapturedVariables.Of(() => small.Count).Select(variable => variable.Name).Order(StringComparer.Ordinal));
        Assert.Equal(100, other());
    }

    [Fact]
    public void Of_InnerScope_HoldsTheOuterOne()
    {
        List<string> outer = [];
        Func<int>? callback = null;
        for (int turn = 0; turn < 1; turn++)
        {
            object inner = new();
            callback = () => inner.GetHashCode() + outer.Count;
        }

        Assert.Equal(["inner", "outer"], CapturedVariables.Of(callback!).Select(variable => variable.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_LambdaThatUsesThis_HoldsThis()
    {
        CapturedVariable variable = Assert.Single(CapturedVariables.Of(() => name.Length));

        Assert.Equal("this", variable.Name);
        Assert.Equal("Limpet.Tests.Tracking.CapturedVariablesTests", variable.Type);
    }

    [Fact]
    public void Of_SeveralInvocations_TellsEach()
    {
        object order = new();
        Action all = () => GC.KeepAlive(order);
        all += Test;

        Assert.Equal(["order", "this"], CapturedVariables.Of(all).Select(variable => variable.Name));
    }

    [Fact]
    public void Of_StaticLambda_HoldsNothing() => Assert.Empty(CapturedVariables.Of(static () => { }));

    [Fact]
    public void Of_Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => CapturedVariables.Of(null!));

    private void Test() => GC.KeepAlive(name);
}
