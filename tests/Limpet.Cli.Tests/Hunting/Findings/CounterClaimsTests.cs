using Limpet.Cli.Hunting.Findings;

namespace Limpet.Cli.Tests.Hunting.Findings;

public sealed class CounterClaimsTests
{
    [Fact]
    public void Divide_OneLeakThatHoldsAll_LeavesNothing() => AssertDivided("600 | 0", 600, 600);

    [Fact]
    public void Divide_WithinTheTolerance_LeavesNothing() => AssertDivided("600 | 0", 600, 560);

    [Fact]
    public void Divide_TwoLeaks_GetTheirOwn() => AssertDivided("400 200 | 0", 600, 400, 200);

    [Fact]
    public void Divide_NobodyHoldsAny_LeavesAll() => AssertDivided("0 0 | 600", 600, 0, 0);

    [Fact]
    public void Divide_HalfIsHeld_LeavesTheOtherHalf() => AssertDivided("300 | 300", 600, 300);

    [Fact]
    public void Divide_SomeThatAreHeldWereClosed_LeavesNothing() => AssertDivided("300 | 0", 300, 600);

    [Fact]
    public void Divide_AFewByChance_AreNoClaim() => AssertDivided("0 | 600", 600, 20);

    [Fact]
    public void Divide_NothingGrew_IsNothing() => AssertDivided("0 | 0", 0, 600);

    /// <summary>A counter that is undecided proves nothing; it only says of what a leak is known to hold that it is there.</summary>
    [Theory]
    [InlineData("72 | 0", 72, 70)]
    [InlineData("70 | 0", 500, 70)]
    [InlineData("0 | 0", 40, 70)]
    [InlineData("0 | 0", 72, 0)]
    [InlineData("0 | 0", double.NaN, 70)]
    public void OfUndecided_OnlyWhatIsHeldAndThere_IsClaimed(string expected, double growth, double held) =>
        Assert.Equal(expected, Show(CounterClaims.OfUndecided(growth, [held])));

    [Theory]
    [InlineData(50_000, 0, 300_000, 1_000)]
    [InlineData(50_000, 1, 1_000, 300_000)]
    [InlineData(500_000, -1, 1_000, 300_000)]
    [InlineData(300_500, 1, 1_000, 300_000)]
    [InlineData(0, -1, 1_000, 300_000)]
    public void Explain_NativeGrowth_NeedsSomethingThatMayCostAsMuch(double growth, int place, double first, double second) =>
        Assert.Equal(place, NativeClaims.Explain(growth, [first, second]));

    [Fact]
    public void Explain_NativeGrowthOfFinalizableObjects_IsTheirs() =>
        Assert.Equal(1, NativeClaims.Explain(1e9, [1_000, double.PositiveInfinity]));

    [Fact]
    public void Explain_NativeGrowthWithoutALeak_IsNobodys() => Assert.Equal(-1, NativeClaims.Explain(1e9, []));

    private static void AssertDivided(string expected, double growth, params double[] held) => Assert.Equal(expected, Show(CounterClaims.Divide(growth, held)));

    private static string Show(CounterClaims claims) => FormattableString.Invariant($"{string.Join(' ', claims.Shares)} | {claims.Rest}");
}
