using Limpet.Cli.Watching.Judging;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Tests.Watching;

/// <summary>What phases left, by phase, and which of them are named. As many harmless courses as leaks.</summary>
public sealed class LeftoverJudgeTests
{
    private static readonly double[] Even = [.. Enumerable.Repeat(0.2, 20)];

    [Fact]
    public void Judge_ThreePhasesLeaveTheSame_NamesThem() =>
        Assert.Equal([4, 9, 13], Named(Even, Things(LeftClass.Socket, "tcp", (4, 1), (9, 1), (13, 1))));

    [Fact]
    public void Judge_OnePhaseLeavesMany_NamesIt() =>
        Assert.Equal([7], Named(Even, Things(LeftClass.File, "/etc/hostname", (7, 5))));

    [Fact]
    public void Judge_DeletedFile_NamesIts() =>
        Assert.Equal([11], Named(Even, Things(LeftClass.DeletedFile, "gone", (11, 1))));

    [Fact]
    public void Judge_FileForTheMoment_NamesIt() =>
        Assert.Equal([11], Named(Even, Things(LeftClass.File, "/tmp/x", certain: true, used: false, (11, 1))));

    [Fact]
    public void Judge_ThreadsThatNeverRanAgain_NamesThem() =>
        Assert.Equal([8], Named(Even, Things(LeftClass.Thread, "python3", (8, 3))));

    [Fact]
    public void Judge_ThreadsThatWakeUpByThemselves_NamesThem() =>
        Assert.Equal([.. Enumerable.Range(2, 18)], Named(Even, Things(LeftClass.Thread, "poll", false, used: true, [.. Enumerable.Range(2, 18).Select(phase => (phase, 1))])));

    [Fact]
    public void Judge_LeakAmongSingletons_NamesOnlyTheLeak() => Assert.Equal(
        [6, 10, 15],
        Named(Even, [.. Things(LeftClass.File, "/etc/tls", (5, 1)), .. Things(LeftClass.File, "/etc/zone", (8, 1)), .. Things(LeftClass.File, "/etc/hostname", (6, 1), (10, 1), (15, 1))]));

    [Fact]
    public void Judge_LateLeakThatStops_IsNoWarmUp() =>
        Assert.Equal([6, 7, 8], Named(Even, Things(LeftClass.Socket, "tcp", (6, 2), (7, 2), (8, 2))));

    [Fact]
    public void Judge_GrowthWithTime_NamesNoPhase()
    {
        double[] seconds = [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? 1.0 : 0.2)];
        LeftClaim claim = Assert.Single(LeftoverJudge.Judge([.. Things(LeftClass.Socket, "tcp", [.. seconds.Select((length, i) => (i, (int)(length * 10)))])], seconds));

        Assert.True(claim.ByTime);
    }

    [Fact]
    public void Judge_GrowthWithPhases_NamesThem()
    {
        double[] seconds = [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? 1.0 : 0.2)];

        Assert.False(Assert.Single(LeftoverJudge.Judge([.. Things(LeftClass.Socket, "tcp", [.. seconds.Select((_, i) => (i, 2))])], seconds)).ByTime);
    }

    [Fact]
    public void Judge_CacheThatWarms_IsSilent() =>
        Assert.Empty(Named(Even, Things(LeftClass.File, "/etc/*", (0, 1), (1, 1), (2, 1), (3, 1))));

    [Fact]
    public void Judge_PoolThatGrowsToItsSize_IsSilent() =>
        Assert.Empty(Named(Even, Things(LeftClass.Thread, "pool", false, used: true, [.. Enumerable.Range(0, 8).Select(phase => (phase, 1))])));

    [Fact]
    public void Judge_PoolThatIsMadeAtOnce_IsSilent() =>
        Assert.Empty(Named(Even, Things(LeftClass.Thread, "pool", false, used: true, (9, 8))));

    [Fact]
    public void Judge_FirstTestOpensItsConnections_IsSilent() =>
        Assert.Empty(Named(Even, Things(LeftClass.Socket, "tcp", (0, 3))));

    [Fact]
    public void Judge_EventLoop_IsSilent() =>
        Assert.Empty(Named(Even, [.. Things(LeftClass.EventLoop, "", (6, 2)), .. Things(LeftClass.Socket, "unix", (6, 2)), .. Things(LeftClass.Pipe, "", (6, 2))]));

    [Fact]
    public void Judge_SingletonsOfDifferentKinds_AreSilent() => Assert.Empty(
        Named(Even, [.. Things(LeftClass.File, "/etc/tls", (5, 1)), .. Things(LeftClass.File, "/etc/zone", (8, 1)), .. Things(LeftClass.File, "/var/log/app.log", (10, 1)), .. Things(LeftClass.Socket, "udp", (12, 1))]));

    [Fact]
    public void Judge_WorkersThatAreUsed_AreSilent() =>
        Assert.Empty(Named(Even, Things(LeftClass.Child, "python3", true, used: true, (9, 4))));

    [Fact]
    public void Judge_Nothing_IsSilent() => Assert.Empty(Named(Even, []));

    private static int[] Named(double[] seconds, IEnumerable<LeftThing> things) =>
        [.. LeftoverJudge.Judge([.. things], seconds).Where(claim => !claim.ByTime).SelectMany(claim => claim.Phases).Distinct().Order()];

    private static IEnumerable<LeftThing> Things(LeftClass kind, string group, params (int Phase, int Count)[] left) => Things(kind, group, false, false, left);

    private static IEnumerable<LeftThing> Things(LeftClass kind, string group, bool certain, bool used, params (int Phase, int Count)[] left) =>
        left.SelectMany(phase => Enumerable.Range(0, phase.Count).Select(_ => new LeftThing(phase.Phase, kind, group, certain, used, new Item { Kind = ItemKind.Descriptor, Pid = 1 })));
}
