using Limpet.Cli.Watching.Judging;
using Limpet.Resources;

namespace Limpet.Cli.Tests.Watching;

public sealed class MemoryKillsTests
{
    private const int Killed = 137;

    [Fact]
    public void Of_GroupCountedAndAWatchedOneWasKilled_IsOfTheTree() =>
        Assert.Equal(new MemoryKills(1, null), MemoryKills.Of(Group(2), Group(3), [0, Killed], othersLive: false));

    [Fact]
    public void Of_MachineCountedButNoWatchedOneWasKilled_IsNotOfTheTree() => Assert.Equal(
        new MemoryKills(0, "the kernel ended 1 process for lack of memory on this machine; no watched one is among them"),
        MemoryKills.Of(Machine(7), Machine(8), [0, 1], othersLive: false));

    [Fact]
    public void Of_MoreWereCountedThanWatchedOnesKilled_SaysSo() => Assert.Equal(
        new MemoryKills(1, "the kernel ended 3 processes for lack of memory in the control group of the watched process; 1 of them watched"),
        MemoryKills.Of(Group(0), Group(3), [Killed, null], othersLive: false));

    [Fact]
    public void Of_EndIsNotKnown_IsNotClaimed() => Assert.Equal(
        new MemoryKills(0, "the kernel ended 1 process for lack of memory in the control group of the watched process; whether a watched one is among them is not known"),
        MemoryKills.Of(Group(0), Group(1), [null], othersLive: false));

    [Fact]
    public void Of_EndIsNotKnownButAllOthersOfTheGroupLive_IsOfTheTree() =>
        Assert.Equal(new MemoryKills(1, null), MemoryKills.Of(Group(0), Group(1), [0, null], othersLive: true));

    [Fact]
    public void Of_MachineCountedAndEndIsNotKnown_IsNotClaimed() =>
        Assert.Equal(0, MemoryKills.Of(Machine(0), Machine(1), [null], othersLive: true).OfTree);

    [Fact]
    public void Of_KilledByAnotherHand_IsNoLackOfMemory() => Assert.Equal(new MemoryKills(0, null), MemoryKills.Of(Group(2), Group(2), [Killed], othersLive: false));

    [Fact]
    public void Of_CountersThatBelongToDifferentThings_AreNotSubtracted() => Assert.Equal(new MemoryKills(0, null), MemoryKills.Of(Machine(100), Group(9), [Killed], othersLive: false));

    private static MemoryRoom Group(long kills) => new() { GroupKills = kills, HostKills = 100 };

    private static MemoryRoom Machine(long kills) => new() { HostKills = kills };
}
