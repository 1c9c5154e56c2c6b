using Limpet.Guards;

namespace Limpet.Tests.Guards;

/// <summary>Whose things are that are only counted.</summary>
public sealed class CountAccountTests
{
    private readonly CountAccount _account = new();

    public CountAccountTests() => _account.Begin(5);

    [Fact]
    public void Count_ThatRoseInATest_IsItsOwn()
    {
        _account.Look(7, [Test(1)]);
        Assert.Equal((Test(1), 2), (Assert.Single(_account.Left(3)).Tests.Single(), _account.Left(3).Single().Count));
    }

    [Fact]
    public void Count_ThatIsBackInTheEnd_IsNobodys()
    {
        _account.Look(7, [Test(1)]);
        _account.Look(5, [Test(2)]);
        Assert.Empty(_account.Left(3));
    }

    [Fact]
    public void Count_ThatRoseWhileNoTestRan_IsNobodys()
    {
        _account.Look(7, []);
        Assert.Empty(_account.Left(3));
    }

    [Fact]
    public void Count_IsNoMoreThanIsLeft()
    {
        _account.Look(9, [Test(1)]);
        _account.Look(6, [Test(2)]);
        Assert.Equal(1, Assert.Single(_account.Left(3)).Count);
    }

    [Fact]
    public void Count_ThatManyTestsRaised_IsOneLineWithoutATest()
    {
        for (int test = 1; test <= 4; test++)
        {
            _account.Look(5 + test, [Test(test)]);
        }

        Assert.Equal(4, _account.Left(4).Count());
        var (tests, count) = Assert.Single(_account.Left(3));
        Assert.Empty(tests);
        Assert.Equal(4, count);
    }

    private static GuardedTest Test(int number) => new("Desk", $"Test{number}");
}
