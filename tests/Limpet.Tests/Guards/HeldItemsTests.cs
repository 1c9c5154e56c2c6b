using System.Collections.Immutable;
using Limpet.Guards;

namespace Limpet.Tests.Guards;

/// <summary>Whose a descriptor or thread is, on numbers that the tests make up.</summary>
public sealed class HeldItemsTests
{
    private static readonly GuardedTest A = new("Desk", "A");
    private static readonly GuardedTest B = new("Desk", "B");
    private readonly Dictionary<int, string> _system = new() { [0] = "input", [1] = "output" };
    private readonly HeldItems _items;
    private int _questions;

    public HeldItemsTests()
    {
        _items = new HeldItems(
            numbers =>
            {
                numbers.Clear();
                numbers.AddRange(_system.Keys);
                return true;
            },
            number =>
            {
                _questions++;
                return _system.GetValueOrDefault(number);
            },
            identity => identity.EndsWith(".dll", StringComparison.Ordinal));
        _items.Begin();
    }

    [Fact]
    public void Item_ThatAppearedInATest_IsItsOwn()
    {
        _system[7] = "journal";
        Look(A);
        Look(B);
        Assert.Equal([A], Assert.Single(Settle()).Candidates);
    }

    [Fact]
    public void Item_ThatAppearedWhileTwoRan_BelongsToBoth()
    {
        _system[7] = "journal";
        Look(A, B);
        Assert.Equal([A, B], Assert.Single(Settle()).Candidates);
    }

    [Fact]
    public void Item_ThatWentBeforeTheClassEnded_IsNothing()
    {
        _system[7] = "journal";
        Look(A);
        _system.Remove(7);
        Look(B);
        Assert.Empty(Settle());
    }

    [Fact]
    public void Item_ThatWentLater_IsGone()
    {
        _system[7] = "journal";
        Look(A);
        HeldItem item = Assert.Single(Settle());
        Assert.False(item.Gone);
        _system.Remove(7);
        Look();
        Assert.True(item.Gone);
    }

    [Fact]
    public void Item_OfATestThatRuns_IsNotLeft()
    {
        _system[7] = "journal";
        Look(A);
        Assert.Empty(Settle(test => test != A));
    }

    [Fact]
    public void Number_ThatWasGivenAgainWhenNobodyLooked_IsNobodys()
    {
        _system[7] = "journal";
        Look(A);
        _system[7] = "ledger";
        Assert.Empty(Settle());
        Assert.Empty(Assert.Single(Settle()).Candidates);
    }

    [Fact]
    public void Number_ThatWasGivenAgainInATest_IsItsOwn()
    {
        _system[7] = "journal";
        Look(A);
        _system[7] = "ledger";
        Look(B);
        Assert.Equal([B], Assert.Single(Settle()).Candidates);
    }

    [Fact]
    public void Items_ThatWereThereBefore_AreNothing()
    {
        Look(A);
        Assert.Empty(Settle());
    }

    [Fact]
    public void Number_FromBeforeTheTests_CountsWhenItIsGivenAgain()
    {
        _system.Remove(1);
        Look(A);
        _system[1] = "journal";
        Look(B);
        Assert.Equal([B], Assert.Single(Settle()).Candidates);
    }

    /// <summary>A process of tests loads dozens of assemblies, and looks some hundred times.</summary>
    [Fact]
    public void Item_ThatStays_IsAskedOfTwiceUntilTheClassHasEnded()
    {
        _system[7] = "desk.dll";
        for (int look = 0; look < 10; look++)
        {
            Look(A);
        }

        Assert.Equal(2, _questions);
        Assert.Equal([A], Assert.Single(Settle()).Candidates);
    }

    [Fact]
    public void Number_OfWhatStaysThatWasGivenAgain_IsFoundWhenTheClassHasEnded()
    {
        _system[7] = "desk.dll";
        Look(A);
        Look(A);
        _system[7] = "ledger";
        Look(B);
        Assert.Empty(Settle());
        Assert.Equal("ledger", Assert.Single(Settle()).Identity);
    }

    [Fact]
    public void Item_ThatMayBeGivenAgain_IsAskedOfAtEachLook()
    {
        _system[7] = "journal";
        for (int look = 0; look < 10; look++)
        {
            Look(A);
        }

        Assert.Equal(10, _questions);
    }

    private void Look(params GuardedTest[] running) => _items.Look(() => [.. running]);

    private ImmutableArray<HeldItem> Settle(Func<GuardedTest, bool>? ended = null)
    {
        _items.Settle(ended ?? (_ => true), item => new HeldName("File", item.Identity));
        return [.. _items.Outlived];
    }
}
